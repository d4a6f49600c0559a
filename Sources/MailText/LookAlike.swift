/// Letters that look like others, so that two different names look the same to a reader.
///
/// The tables hold the letters that are used for such tricks in Latin names: the Cyrillic, Greek and
/// Armenian look-alikes of Unicode's confusables, wide and mathematical forms, accents, and digits.
public enum LookAlike {
  /// A form in which names that look the same are the same. For comparing only.
  public static func skeleton(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      // A capital I is an l to the eye; small letters come after that.
      if scalar == "I" || scalar == "|" || scalar == "1" {
        result.append("l")
        continue
      }
      for small in String(scalar).lowercased().unicodeScalars {
        switch small.value {
        case 0x300...0x36F: continue
        case 0xFF01...0xFF5E:
          result.append(Unicode.Scalar(small.value - 0xFEE0).map(plain) ?? small)
        case 0x1D400...0x1D6A3:
          // Thirteen alphabets of 52 letters; where one is missing its place is kept.
          let place = (small.value - 0x1D400) % 52 % 26
          result.append(Unicode.Scalar(0x61 + place).map(plain) ?? small)
        default: result.append(plain(small))
        }
      }
    }
    var text = String(result)
    for (pair, letter) in [("rn", "m"), ("vv", "w"), ("cl", "d")] {
      text = text.replacing(pair, with: letter)
    }
    return text
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    letters[scalar] ?? scalar
  }

  /// A writing system, as far as names are told apart by it.
  public enum Script: String, Sendable, CaseIterable {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case armenian = "Armenian"
    case cherokee = "Cherokee"
    case hebrew = "Hebrew"
    case arabic = "Arabic"
    case indian = "Indian"
    case thai = "Thai"
    case georgian = "Georgian"
    case eastAsian = "East Asian"
    /// Wide or mathematical forms of Latin letters, which no name needs.
    case unusual = "unusual"
    case other = "other"
  }

  /// The scripts of a name's letters, each once and in order; digits and signs have none.
  public static func scripts(of text: String) -> [Script] {
    var found: [Script] = []
    for scalar in text.unicodeScalars {
      if let script = script(of: scalar), !found.contains(script) { found.append(script) }
    }
    return found
  }

  /// Scripts that no language writes together in one word; nil when the word is plain.
  public static func suspiciousMixture(in word: String) -> [Script]? {
    let scripts = scripts(of: word)
    if scripts.contains(.unusual) { return scripts }
    guard scripts.count > 1, scripts != [.latin, .eastAsian], scripts != [.eastAsian, .latin]
    else { return nil }
    return scripts
  }

  /// A word without one Latin letter in which every letter looks like a Latin one.
  public static func looksLatin(_ word: String) -> Script? {
    let scripts = scripts(of: word)
    guard scripts.count == 1, let script = scripts.first, script != .latin,
      skeleton(word).unicodeScalars.allSatisfy({ $0.isASCII })
    else { return nil }
    return script
  }

  private static func script(of scalar: Unicode.Scalar) -> Script? {
    switch scalar.value {
    case 0..<0x80: return scalar.properties.isAlphabetic ? .latin : nil
    case 0xFF21...0xFF5A, 0x1D400...0x1D7FF: return .unusual
    default: break
    }
    guard scalar.properties.isAlphabetic else { return nil }
    switch scalar.value {
    case 0x80..<0x250, 0x1E00..<0x1F00, 0x2C60..<0x2C80, 0xA720..<0xA800: return .latin
    case 0x250..<0x2B0: return .unusual
    case 0x370..<0x400, 0x1F00..<0x2000: return .greek
    case 0x400..<0x530, 0x1C80..<0x1C90, 0x2DE0..<0x2E00, 0xA640..<0xA6A0: return .cyrillic
    case 0x530..<0x590: return .armenian
    case 0x590..<0x600: return .hebrew
    case 0x600..<0x780, 0x8A0..<0x900: return .arabic
    case 0x900..<0xE00: return .indian
    case 0xE00..<0xE80: return .thai
    case 0x10A0..<0x1100: return .georgian
    case 0x1100..<0x1200, 0x3000..<0xD7B0, 0xF900..<0xFB00, 0x20000..<0x32000: return .eastAsian
    case 0x13A0..<0x1400, 0xAB70..<0xABC0: return .cherokee
    default: return .other
    }
  }

  /// Small letters and the plain letter that each looks like.
  private static let letters: [Unicode.Scalar: Unicode.Scalar] = {
    let alike: [(Unicode.Scalar, String)] = [
      ("a", "аɑαàáâãäåāăąǎạ"), ("b", "ьƅЬ"), ("c", "сϲçćĉċč"), ("d", "ԁɗďđ"),
      ("e", "еҽεèéêëēĕėęěёẹ"), ("f", "ƒ"), ("g", "ɡցĝğġģ"), ("h", "һհĥħ"), ("i", "іїıιìíîïĩīĭįǐ"),
      ("j", "јյϳ"), ("k", "кκĸķ"), ("l", "ӏłĺļľ"), ("m", "мṃ"), ("n", "ոпηñńņňǹ"),
      ("o", "оοօσ0òóôõöōŏőǒøọ"), ("p", "рρ"), ("q", "ԛզ"), ("r", "гŕŗř"), ("s", "ѕꜱśŝşšș5"),
      ("t", "тτţťț"), ("u", "υսùúûüũūŭůűųǔ"), ("v", "νѵ"), ("w", "ԝωաŵ"), ("x", "хχ"),
      ("y", "уүγýÿŷ"), ("z", "ᴢźżž"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, others) in alike {
      for scalar in others.unicodeScalars { table[scalar] = letter }
    }
    return table
  }()
}
