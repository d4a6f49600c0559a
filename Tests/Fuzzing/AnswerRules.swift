import HTTPClient
import Helpdesk
import SQLite

@testable import ConsoleModel
@testable import Freshdesk

/// Answers of a helpdesk: from bytes to values, to errors, and through the cache.
///
/// The first byte picks the status, the rest is the body.
enum AnswerRules {
  private static let statuses = [200, 201, 400, 401, 403, 404, 409, 422, 429, 500, 503, 302]

  static func check(_ input: [UInt8]) throws {
    guard let first = input.first else { return }
    let status = statuses[Int(first) % statuses.count]
    let response = HTTPResponse(
      status: status, headers: HTTPHeaders(), body: Array(input.dropFirst()))
    checkError(Errors.error(for: response), status)
    guard let document = try? JSONDocument(parsing: response.body) else { return }
    checkTokens(document)
    let printed = AnswerText.json(document.root)
    guard let again = try? JSONDocument(parsing: printed) else {
      fatalError("broken rule: what is printed can be read")
    }
    require(
      AnswerText.json(again.root) == printed, "reading and printing is stable",
      String(decoding: printed, as: UTF8.self).shown)
    for payload in [document.root] + document.root.elements { try read(payload) }
  }

  private static func checkError(_ error: HelpdeskError?, _ status: Int) {
    require((error == nil) == (200...299).contains(status), "all but 2xx is an error")
    switch error {
    case .refused(_, let message, let fields):
      for text in fields.flatMap({ [$0.field, $0.message, $0.code] }) + [message] {
        require(text.isPlainLine, "the vendor's words are one plain line", text.shown)
        require(text.unicodeScalars.count <= 300, "the vendor's words are short")
      }
      require(fields.count <= 50, "a bounded number of fields")
    case .forbidden(let message): require(message.isPlainLine, "one plain line", message.shown)
    default: break
    }
  }

  private static func checkTokens(_ document: JSONDocument) {
    for (index, token) in document.tokens.enumerated() {
      require(
        token.start <= token.end && token.end <= document.bytes.count,
        "tokens lie in the answer")
      require(
        token.next > index && token.next <= document.tokens.count, "the way on leads forward")
    }
  }

  /// Reads a payload as everything that it could be, and takes it through the cache.
  private static func read(_ payload: JSONValue) throws {
    _ = (Agent(payload: payload), Group(payload: payload), TicketField(payload: payload))
    _ = (CannedResponse(payload: payload, folder: ""), SatisfactionRating(payload: payload))
    _ = (Contact(payload: payload), Company(payload: payload))
    _ = PostedConversation(payload: payload, now: nil)
    guard let ticket = Ticket(payload: payload) else { return }
    _ = (ticket.createdAt.description, ticket.updatedAt.description, ticket.dueAt?.description)
    let thread = (payload["conversations"]?.elements ?? [payload]).prefix(20)
      .compactMap { Conversation(payload: $0, of: ticket.id) }
    try FuzzCache.undone { connection in
      var writer = CacheWriter(connection, now: FuzzCache.now)
      try writer.save(ticket)
      try writer.replaceThread(of: ticket.id, with: thread.map(PreparedMessage.init))
      try writer.finish()
      let reader = try CacheReader(connection) { FuzzCache.now }
      let detail = try reader.detail(ticket.id)
      require(detail?.ticket.subject == ticket.subject, "the cache keeps the subject as it was")
      require(
        detail?.ticket.customFields == ticket.customFields, "the cache keeps the own fields")
      require(detail?.ticket.tags.count == ticket.tags.count, "the cache keeps the tags")
      _ = try reader.rows(QueueQuery(), limit: 50)
      _ = try reader.search(ticket.subject)
    }
  }
}
