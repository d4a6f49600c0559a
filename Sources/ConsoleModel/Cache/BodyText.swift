import Helpdesk

/// The plain text of a body as the cache keeps and shows it.
enum BodyText {
  /// Bytes of one message that are kept; what is cut off is said at the end.
  static let byteLimit = 1_000_000

  static func make(_ body: MessageBody) -> String {
    cut(body.text)
  }

  static func cut(_ text: String) -> String {
    guard text.utf8.count > byteLimit else { return text }
    let kept = String(decoding: text.utf8.prefix(byteLimit), as: UTF8.self)
    return kept + "\n[cut here: the message has \(text.utf8.count) bytes]"
  }
}
