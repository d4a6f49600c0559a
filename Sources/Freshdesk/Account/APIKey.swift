/// An agent's API key. It shows itself to nobody but the request it signs.
public struct APIKey: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let secret: String

  /// Nil for a text that cannot be a key: empty, or with blanks or control characters inside.
  /// Blanks and line ends around it are dropped.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let isInk: (UInt8) -> Bool = { $0 > 32 && $0 < 127 }
    guard let first = bytes.firstIndex(where: isInk), let last = bytes.lastIndex(where: isInk),
      bytes[first...last].allSatisfy(isInk)
    else { return nil }
    secret = String(decoding: bytes[first...last], as: UTF8.self)
  }

  /// The value of the `Authorization` header: Freshdesk takes the key as the user's name and looks
  /// at no password.
  var authorization: String { "Basic " + Self.base64(Array("\(secret):X".utf8)) }

  public var description: String { "(hidden)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = (0..<3).reduce(UInt32(0)) { word, offset in
        word << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0)
      }
      for position in 0..<4 {
        let isPadding = position > group.count
        let digit = Int(word >> (18 - 6 * UInt32(position)) & 63)
        result.append(isPadding ? UInt8(ascii: "=") : alphabet[digit])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
