/// An API key on its way from where it is kept to the vendor's client. It shows itself only to who
/// asks by name.
public struct AccountSecret: Sendable, Equatable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  private let text: String

  /// Blanks and line ends around the key are dropped. Nil when nothing is left, when the text has
  /// several lines or blanks inside, or is longer than 4,096 bytes.
  public init?(_ text: String) {
    let trimmed = Self.trimmed(text)
    guard !trimmed.isEmpty, trimmed.utf8.count <= 4096,
      trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return nil }
    self.text = trimmed
  }

  /// The key itself, for the request that it signs.
  public func reveal() -> String { text }

  public var description: String { "(hidden)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
