import Helpdesk

extension ReviewState {
  /// Recipients that came into the thread after the first reply and were never answered.
  var firstAnswered: [String] {
    guard case .reply(let reply) = message, let answered = answeredAddresses else { return [] }
    return (reply.ccEmails + reply.bccEmails).filter { address in
      knownAddresses.contains(address.lowercased()) && !answered.contains(address.lowercased())
    }
  }

  /// What a second look may find, a sentence each.
  var hiddenDangers: [String] {
    guard case .reply(let reply) = message else { return [] }
    return FindingWords.dangers(
      recipients: [reply.toEmail] + reply.ccEmails + reply.bccEmails,
      requesterName: requesterName, text: reply.text, knownAddresses: knownAddresses,
      knownDomains: knownDomains)
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
