extension MailText {
  /// An earlier public message as the quoted part of a reply: a line that names the writer, then
  /// the words with `> ` in front.
  ///
  /// What the message itself quoted, signatures and legal paragraphs are left out where they may
  /// be folded. `date` is written as given. At most `lineLimit` lines are quoted.
  public static func quotation(
    of text: String, author: String, date: String, lineLimit: Int = 200
  ) -> String {
    var lines = blocks(of: text).filter { !$0.isFoldable }.flatMap(\.lines)
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    let shown = lines.prefix(lineLimit)
    var quoted = ["On \(date), \(author) wrote:"]
    for line in shown {
      quoted.append(line.isEmpty || line.hasPrefix(">") ? ">" + line : "> " + line)
    }
    if lines.count > shown.count { quoted.append("> [\(lines.count - shown.count) more lines]") }
    return quoted.joined(separator: "\n")
  }
}
