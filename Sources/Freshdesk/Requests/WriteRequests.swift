import HTTPClient
import Helpdesk

/// Writes. Freshdesk refuses any key it does not know, so each body is built from that endpoint's
/// own list of keys and from nothing else.
extension FreshdeskRequest {
  /// All files of a message together, in bytes, as the vendor documents it.
  static let maximumUpload: Int64 = 20 << 20

  /// `PUT /tickets/{id}`: status, priority, type, responder_id, group_id, tags; null clears.
  static func update(_ id: TicketID, with change: TicketChange) -> FreshdeskRequest {
    var body = JSONObjectWriter()
    if let status = change.status { body.set("status", Int64(status.rawValue)) }
    if let priority = change.priority { body.set("priority", Int64(priority.rawValue)) }
    switch change.type {
    case nil: break
    case .some(nil): body.setNull("type")
    case .some(.some(let type)): body.set("type", type)
    }
    switch change.agentID {
    case nil: break
    case .some(nil): body.setNull("responder_id")
    case .some(.some(let agent)): body.set("responder_id", agent.rawValue)
    }
    switch change.groupID {
    case nil: break
    case .some(nil): body.setNull("group_id")
    case .some(.some(let group)): body.set("group_id", group.rawValue)
    }
    if let tags = change.tags { body.set("tags", tags) }
    return FreshdeskRequest(
      method: .put, path: "/tickets/\(id)", body: .bytes(body.finished),
      family: family(of: .update),
      totalDeadline: .seconds(60))
  }

  /// `POST /tickets/{id}/reply`: body, cc_emails, bcc_emails, attachments. `private` is no key of
  /// this endpoint: a reply is always public.
  static func reply(_ reply: OutgoingReply) -> FreshdeskRequest {
    let path = "/tickets/\(reply.ticketID)/reply"
    if !reply.attachments.isEmpty {
      let parts =
        [MultipartPart(name: "body", content: .text(reply.html))]
        + reply.ccEmails.map { MultipartPart(name: "cc_emails[]", content: .text($0)) }
        + reply.bccEmails.map { MultipartPart(name: "bcc_emails[]", content: .text($0)) }
      return upload(path, parts, reply.attachments)
    }
    var body = JSONObjectWriter()
    body.set("body", reply.html)
    if !reply.ccEmails.isEmpty { body.set("cc_emails", reply.ccEmails) }
    if !reply.bccEmails.isEmpty { body.set("bcc_emails", reply.bccEmails) }
    return post(path, .bytes(body.finished))
  }

  /// `POST /tickets/{id}/notes`: body, private, attachments. `private` is always sent and always
  /// true.
  static func privateNote(_ note: OutgoingPrivateNote) -> FreshdeskRequest {
    let path = "/tickets/\(note.ticketID)/notes"
    if !note.attachments.isEmpty {
      let parts = [
        MultipartPart(name: "body", content: .text(note.html)),
        MultipartPart(name: "private", content: .text("true")),
      ]
      return upload(path, parts, note.attachments)
    }
    var body = JSONObjectWriter()
    body.set("body", note.html)
    body.set("private", true)
    return post(path, .bytes(body.finished))
  }

  private static func post(_ path: String, _ body: HTTPRequest.Body) -> FreshdeskRequest {
    FreshdeskRequest(method: .post, path: path, body: body, totalDeadline: .seconds(60))
  }

  private static func upload(
    _ path: String, _ parts: [MultipartPart], _ files: [Upload]
  ) -> FreshdeskRequest {
    var request = post(
      path,
      .multipart(
        parts
          + files.map {
            MultipartPart(name: "attachments[]", content: .file(name: $0.name, bytes: $0.bytes))
          }))
    // A minute, and time for a line of 50 kB/s.
    request.totalDeadline = .seconds(60 + size(of: files) / 50_000)
    return request
  }

  static func size(of files: [Upload]) -> Int64 { files.reduce(0) { $0 + Int64($1.bytes.count) } }

  /// The budget that a write is taken from; each of them costs one credit.
  static func family(of kind: WriteKind) -> RequestFamily {
    switch kind {
    case .reply, .privateNote: .account
    case .update: .ticketUpdates
    }
  }
}
