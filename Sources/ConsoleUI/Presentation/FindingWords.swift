import ConsoleModel
public import MailText

/// Findings about addresses and links as sentences; they have to read without colour.
public enum FindingWords {
  public static func sentence(_ finding: NameFinding) -> String {
    switch finding {
    case .mixedScripts(let part, let scripts):
      "\"\(part)\" mixes \(list(scripts.map(\.rawValue))) letters: it may only look like a name you know"
    case .looksLatin(let part, let script):
      "every letter of \"\(part)\" is \(script.rawValue), though they look Latin"
    case .looksLike(let part, let known): "\(part) is NOT \(known), it only looks like it"
    case .otherLetters(let shown, let ascii): "\(shown) is \(ascii) to mail servers"
    case .invisible(let part): "\"\(part)\" holds characters that cannot be seen"
    }
  }

  /// The link's words name one host and it leads to another.
  public static func sentence(_ link: PlainLink) -> String? {
    link.claimed.map { "a link says \($0) and goes to \(link.host)" }
  }

  /// A greeting of somebody who does not receive it, and what the letters of recipients and of
  /// links hide, a sentence each; the first few are enough to stop and look.
  public static func dangers(
    recipients: [String], requesterName: String, text: String, knownAddresses: Set<String>,
    knownDomains: Set<String>
  ) -> [String] {
    var sentences: [String] = []
    func add(_ sentence: String) {
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    let addresses = knownAddresses.union(recipients.map { $0.lowercased() }).sorted()
    let domains = knownDomains.union(recipients.map(MailAddress.domain)).filter { !$0.isEmpty }
      .sorted()
    if let greeting = Greeting(text),
      !greeting.fits(names: [requesterName], addresses: recipients)
    {
      add("the text greets \(greeting.name), and it goes to \(requesterName)")
    }
    for address in recipients where !address.isEmpty {
      for finding in AddressCheck.findings(
        of: address, knownAddresses: addresses, knownDomains: domains)
      {
        add(sentence(finding))
      }
    }
    for link in PlainLink.links(in: text) {
      if let words = sentence(link) { add(words) }
      for finding in AddressCheck.host(link.host, known: domains) {
        add("a link: " + sentence(finding))
      }
    }
    guard sentences.count > mostShown else { return sentences }
    return sentences.prefix(mostShown) + ["\(sentences.count - mostShown) more of this kind"]
  }

  private static let mostShown = 4

  /// Words that speak of a file, in the languages that come up most.
  private static let attachmentWords = [
    "attached", "attachment", "enclosed", "anhang", "angehängt", "beigefügt", "ci-joint",
    "pièce jointe", "adjunt", "anexo", "allegat", "bijlage", "bijgevoegd", "添付", "附件",
  ]

  /// The word about files that a text uses; quoted lines do not count.
  public static func attachmentWord(in text: String) -> String? {
    let own = text.split(separator: "\n").filter { !$0.hasPrefix(">") }
      .joined(separator: "\n").lowercased()
    return attachmentWords.first { own.contains($0) }
  }

  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
