/// How much of a mail is read. A normal mail stays far below all of these.
enum MailTextLimits {
  /// Bytes of markup that are parsed, after pictures, comments, scripts and styles are left out.
  static let markupBytes = 5 << 18
  /// Bytes of markup that take part in a comparison.
  static let comparedBytes = 2 << 20
  /// Bytes that the parsed tree may take.
  static let treeBytes = 384 << 20
  /// Bytes of readable text.
  static let textBytes = 1 << 20
  /// Elements open at the same time; deeper ones keep their text and lose their tags.
  static let depth = 256
  /// The closing line of a text that was cut.
  static let cutNotice = "\n[The message goes on, but only its first part is shown.]"
}
