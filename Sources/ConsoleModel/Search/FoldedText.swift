/// Text in the form in which words are compared: small letters, Latin letters without their accents,
/// one blank for any white space. As UTF-8 bytes, because long texts are searched through.
struct FoldedText {
  private(set) var bytes: [UInt8] = []

  init(_ text: String) {
    bytes.reserveCapacity(text.utf8.count)
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
    if isPlain {
      for byte in text.utf8 { append(byte) }
      return
    }
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0..<0x80: append(UInt8(scalar.value))
      case 0xa0, 0x2000...0x200a, 0x2028, 0x2029, 0x3000: append(32)
      case 0x300...0x36f: break
      default:
        if let plain = Self.withoutAccent[scalar] {
          append(plain)
        } else {
          bytes.append(contentsOf: String(scalar).utf8)
        }
      }
    }
  }

  private mutating func append(_ byte: UInt8) {
    switch byte {
    case 9...13, 32: if bytes.last != 32 { bytes.append(32) }
    case 65...90: bytes.append(byte | 0x20)
    default: bytes.append(byte)
    }
  }

  /// Whether the text holds these words; with `atWordStart` only where a word begins.
  func contains(_ needle: FoldedText, atWordStart: Bool) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      needle.bytes.withUnsafeBufferPointer { Self.find($0, in: text, atWordStart) }
    }
  }

  private static func find(
    _ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>,
    _ atWordStart: Bool
  ) -> Bool {
    guard let first = needle.first else { return true }
    guard needle.count <= text.count else { return false }
    for place in 0...(text.count - needle.count) where text[place] == first {
      if atWordStart, place > 0, isPartOfWord(text[place - 1]) { continue }
      var length = 1
      while length < needle.count, text[place + length] == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }

  /// Whether these words stand in a text, which is read as it is: right for plain ASCII, and a yes
  /// is right for any text.
  func isIn(plain text: String, atWordStart: Bool) -> Bool {
    var text = text
    return text.withUTF8 { text in
      bytes.withUnsafeBufferPointer { Self.find($0, inPlain: text, atWordStart) }
    }
  }

  private static func find(
    _ needle: UnsafeBufferPointer<UInt8>, inPlain text: UnsafeBufferPointer<UInt8>,
    _ atWordStart: Bool
  ) -> Bool {
    guard let first = needle.first else { return true }
    for place in text.indices where small(text[place]) == first {
      if atWordStart, place > 0, isPartOfWord(small(text[place - 1])) { continue }
      var (length, end) = (1, place + 1)
      while length < needle.count, end < text.count, small(text[end]) == needle[length] {
        end += 1
        // One blank of the needle stands for any run of white space.
        if needle[length] == 32 { while end < text.count, small(text[end]) == 32 { end += 1 } }
        length += 1
      }
      if length == needle.count { return true }
    }
    return false
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 65...90: byte | 0x20
    case 9...13: 32
    default: byte
    }
  }

  /// A letter or digit, or a byte of some other script's character.
  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 97...122, 0x80...: true
    default: false
    }
  }

  private static let withoutAccent: [Unicode.Scalar: UInt8] = {
    let letters = [
      "a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
      "i": "ìíîïĩīĭįǐı", "j": "ĵ", "k": "ķ", "l": "ĺļľ", "n": "ñńņňǹ", "o": "òóôõöōŏőǒ", "r": "ŕŗř",
      "s": "śŝşšș", "t": "ţťț", "u": "ùúûüũūŭůűųǔ", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
    ]
    var table: [Unicode.Scalar: UInt8] = [:]
    for (plain, accented) in letters {
      for scalar in accented.unicodeScalars { table[scalar] = plain.utf8.first }
    }
    return table
  }()
}
