/// A mailbox as mail headers write it (RFC 5322): an address, with or without a display name.
public struct EmailAddress: Equatable, Sendable {
  /// Empty without a display name.
  public var name: String
  public var address: String

  public init(name: String = "", address: String) {
    self.name = name
    self.address = address
  }

  /// What two spellings of one address have in common.
  public var key: String { Self.key(address) }

  /// The bare address in lower case, whatever is written around it.
  public static func key(_ text: String) -> String {
    let parsed = try? list(text)
    return (parsed?.first?.address ?? text).lowercased()
  }

  /// A part of a list that is no address.
  public struct Problem: Error, Equatable, Sendable {
    public var text: String

    public init(text: String) { self.text = text }
  }

  /// Reads a list: `ada@x.example, "Fox, Ada" <ada@x.example>; bob@y.example (Bob)`. Commas,
  /// semicolons and line breaks separate, and so do blanks between bare addresses.
  public static func list(_ text: String) throws(Problem) -> [EmailAddress] {
    var scanner = Scanner(text)
    return try scanner.addresses()
  }

  /// Whether it can be an address: one `@` with something on both sides, a dot in the domain, and no
  /// character that belongs to the text around an address.
  public static func isPlausible(_ address: String) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].contains(".") else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.allSatisfy { !$0.isEmpty }
      && !address.contains { $0.isWhitespace || "<>()[],;:\\\"".contains($0) }
  }

  /// Reads one list from its beginning to its end.
  private struct Scanner {
    private let text: [Character]
    private var index = 0

    init(_ text: String) { self.text = Array(text) }

    private var current: Character? { index < text.count ? text[index] : nil }

    mutating func addresses() throws(Problem) -> [EmailAddress] {
      var found: [EmailAddress] = []
      /// Words before an address: a display name, or a bare address that may still be one.
      var words: [String] = []
      func bare() throws(Problem) -> [EmailAddress] {
        guard !words.isEmpty else { return [] }
        guard words.allSatisfy(isPlausible) else {
          throw Problem(text: words.first { !isPlausible($0) } ?? "")
        }
        return words.map { EmailAddress(address: $0) }
      }
      while let character = current {
        switch character {
        case ",", ";", "\n", "\r", "\r\n":
          found += try bare()
          words = []
          index += 1
        case "(": skipComment()
        case "\"": words.append(quoted())
        case "<":
          let address = inBrackets()
          guard isPlausible(address) else { throw Problem(text: address) }
          // Bare addresses before the name were separated by blanks alone.
          let start = words.firstIndex { !isPlausible($0) } ?? max(0, words.count - 1)
          found += words[..<start].map { EmailAddress(address: $0) }
          found.append(
            EmailAddress(name: words[start...].joined(separator: " "), address: address))
          words = []
        case _ where character.isWhitespace: index += 1
        default: words.append(word())
        }
      }
      return found + (try bare())
    }

    private mutating func word() -> String {
      var word = ""
      while let character = current, !character.isWhitespace, !",;<(\"".contains(character) {
        word.append(character)
        index += 1
      }
      return word
    }

    private mutating func quoted() -> String {
      var word = ""
      index += 1
      while let character = current, character != "\"" {
        if character == "\\", index + 1 < text.count { index += 1 }
        word.append(text[index])
        index += 1
      }
      index += 1
      return word
    }

    private mutating func inBrackets() -> String {
      var address = ""
      index += 1
      while let character = current, character != ">" {
        if !character.isWhitespace { address.append(character) }
        index += 1
      }
      index += 1
      return address
    }

    private mutating func skipComment() {
      var depth = 0
      while let character = current {
        index += 1
        if character == "\\" { index += 1 }
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if depth == 0 { return }
      }
    }
  }
}
