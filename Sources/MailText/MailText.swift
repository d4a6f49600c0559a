/// Turns the HTML of mails into readable text and a person's text into safe HTML.
///
/// Nothing here touches the network, and every function is safe to call with hostile input:
/// work and memory are bounded by `MailTextLimits`.
public enum MailText {
  /// The readable text of an HTML mail, lines separated by `\n`, without control characters.
  ///
  /// Quotes come out as lines that begin with `> `, list items with `- ` or a number, pictures as
  /// `[image: name]`, and a link names its target where the shown text does not.
  public static func plainText(fromHTML html: String) -> String {
    let markup = MarkupLimiter.limited(html, to: MailTextLimits.markupBytes)
    guard let tree = MarkupTree(markup.bytes, memoryLimit: MailTextLimits.treeBytes) else {
      return TagStripper.text(of: markup.bytes) + MailTextLimits.cutNotice
    }
    var reader = MarkupReader(textLimit: MailTextLimits.textBytes)
    reader.read(tree)
    return reader.finish(inputWasCut: markup.wasCut)
  }

  /// Safe HTML for words that a person typed: markup characters escaped, blank lines between
  /// paragraphs, other line ends as `<br>`, runs of blanks kept.
  public static func html(fromPlainText text: String) -> String {
    HTMLWriter.html(of: text)
  }

  /// The form in which two bodies are compared: tags stripped, entities decoded, white space
  /// collapsed and trimmed.
  ///
  /// Compare two of these with `==`, which treats canonically equivalent Unicode (NFC and NFD) as
  /// equal. Their bytes may still differ, so a digest of them must not decide.
  public static func normalized(_ body: String) -> String {
    let markup = MarkupLimiter.limited(body, to: MailTextLimits.comparedBytes)
    guard let tree = MarkupTree(markup.bytes, memoryLimit: MailTextLimits.treeBytes) else {
      return TagStripper.collapsed(TagStripper.text(of: markup.bytes))
    }
    return TagStripper.collapsed(TagStripper.text(of: tree))
  }
}
