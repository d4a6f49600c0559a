import Helpdesk

/// SHA-256 over exactly what a person was shown: account, ticket, recipients, subject, body, the
/// bytes of attached files, side changes. A confirmation is for one digest and nothing else.
public struct WriteDigest: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  init(hex: String) { self.hex = hex }

  public var description: String { hex }

  /// The digest of a write, or nil when an attached file cannot be read or is not of the size that
  /// was shown. Reads attached files: not for the main thread when there are any.
  public init?(account: String, ticketID: TicketID, payload: WritePayload) {
    var digests: [String] = []
    for file in payload.attachments {
      guard let digest = FileDigest.sha256(of: file) else { return nil }
      digests.append(digest)
    }
    self.init(account: account, ticketID: ticketID, payload: payload, fileDigests: digests)
  }

  /// - Parameter fileDigests: one for each attached file, of the very bytes that are meant; with
  ///   another number of them there is no digest.
  init?(account: String, ticketID: TicketID, payload: WritePayload, fileDigests: [String]) {
    guard fileDigests.count == payload.attachments.count else { return nil }
    var form = CanonicalForm()
    form.add("account", account)
    form.add("ticket", String(ticketID.rawValue))
    form.add("kind", payload.kind)
    switch payload {
    case .reply(let reply):
      form.add("to", reply.toEmail)
      form.add("cc", reply.ccEmails)
      form.add("bcc", reply.bccEmails)
      form.add("subject", reply.subject)
      form.add("text", reply.text)
      form.add("html", reply.html)
      form.add("then status", reply.thenStatus.map { String($0.rawValue) })
      form.add(reply.attachments, fileDigests)
    case .privateNote(let note):
      form.add("subject", note.subject)
      form.add("text", note.text)
      form.add("html", note.html)
      form.add("then status", note.thenStatus.map { String($0.rawValue) })
      form.add(note.attachments, fileDigests)
    case .update(let update):
      form.add("subject", update.subject)
      form.add("before", update.before)
      form.add("change", update.change)
      form.add("undoes", update.undoes.map { String($0.rawValue) })
    }
    hex = SHA256.hex(form.bytes)
  }
}

/// Named fields with their lengths before them, so that no two different writes share one form.
private struct CanonicalForm {
  var bytes: [UInt8] = []

  mutating func add(_ name: String, _ value: String) {
    bytes += "\(name) \(value.utf8.count):".utf8
    bytes += value.utf8
    bytes.append(10)
  }

  mutating func add(_ name: String, _ value: String?) {
    if let value { add(name, value) } else { bytes += "\(name) -\n".utf8 }
  }

  mutating func add(_ name: String, _ values: [String]) {
    add(name, String(values.count))
    for value in values { add(name, value) }
  }

  mutating func add(_ name: String, _ change: TicketChange) {
    add("\(name) status", change.status.map { String($0.rawValue) })
    add("\(name) priority", change.priority.map { String($0.rawValue) })
    add("\(name) type", change.type.map { $0.map { "=\($0)" } ?? "none" })
    add("\(name) agent", change.agentID.map { $0.map { String($0.rawValue) } ?? "none" })
    add("\(name) group", change.groupID.map { $0.map { String($0.rawValue) } ?? "none" })
    if let tags = change.tags {
      add("\(name) tags", tags)
    } else {
      bytes += "\(name) tags -\n".utf8
    }
  }

  mutating func add(_ files: [OutgoingFile], _ digests: [String]) {
    add("files", String(files.count))
    for (file, digest) in zip(files, digests) {
      add("file name", file.name)
      add("file path", file.path)
      add("file digest", digest)
    }
  }
}
