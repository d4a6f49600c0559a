import Helpdesk

extension ReviewState {
  /// Words that speak of a file, in the languages that come up most.
  private static let attachmentWords = [
    "attached", "attachment", "enclosed", "anhang", "angehängt", "beigefügt", "ci-joint",
    "pièce jointe", "adjunt", "anexo", "allegat", "bijlage", "bijgevoegd", "添付", "附件",
  ]

  /// The word about files that the text uses; quoted lines do not count.
  var attachmentWord: String? {
    let own = message.text.split(separator: "\n").filter { !$0.hasPrefix(">") }
      .joined(separator: "\n").lowercased()
    return Self.attachmentWords.first { own.contains($0) }
  }

  /// Recipients that came into the thread after the first reply and were never answered.
  var firstAnswered: [String] {
    guard case .reply(let reply) = message, let answered = answeredAddresses else { return [] }
    return (reply.ccEmails + reply.bccEmails).filter { address in
      knownAddresses.contains(address.lowercased()) && !answered.contains(address.lowercased())
    }
  }

  /// What the letters of recipients and links hide, a sentence each; the first few are enough to
  /// stop and look.
  var hiddenDangers: [String] {
    guard case .reply(let reply) = message else { return [] }
    return FindingWords.dangers(
      recipients: [reply.toEmail] + reply.ccEmails + reply.bccEmails, text: reply.text,
      knownAddresses: knownAddresses, knownDomains: knownDomains)
  }

  /// An address with its flags: outside the house and the requester's domain, new to the thread.
  func flagged(_ address: String, ownDomains: [String]) -> String {
    var flags: [String] = []
    let domain = MailAddress.domain(address)
    var inside = Set(ownDomains)
    if case .reply(let reply) = message { inside.insert(MailAddress.domain(reply.toEmail)) }
    if !inside.contains(domain) { flags.append("outside") }
    if !knownAddresses.contains(address.lowercased()) { flags.append("NEW") }
    return flags.isEmpty ? address : "\(address) (\(flags.joined(separator: ", ")))"
  }
}
