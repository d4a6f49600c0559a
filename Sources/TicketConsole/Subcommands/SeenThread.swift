import ConsoleModel
import Helpdesk

/// What the writer of a reply has read of the thread, and what not.
struct SeenThread {
  private let detail: TicketDetail
  private let agent: AgentID
  /// Nil where the thread was never shown and nothing was said about it.
  private let seen: ConversationID?
  private let canShow: Bool

  init(
    _ detail: TicketDetail, lastShown: ConversationID?, agent: AgentID, _ context: CommandContext
  ) throws {
    self.detail = detail
    self.agent = agent
    canShow = !context.invocation.has("confirm-to") && Confirmation.canAsk
    guard let text = context.invocation.value("seen") else {
      seen = lastShown
      return
    }
    guard let number = Int64(text), number >= 0 else {
      throw CommandFailure(
        .wrongUsage, "--seen takes the number of a conversation, or 0. Nothing was queued.")
    }
    seen = ConversationID(number)
  }

  /// Throws, with their names, where entries came after what was read.
  func check() throws {
    let id = detail.ticket.id
    guard let seen else {
      guard canShow else {
        throw CommandFailure(
          .refused,
          "The thread of #\(id) was never shown here, so it is not known what you answer. Nothing was "
            + "queued; read it with: ticket-console show \(id), or say with --seen "
            + "\(detail.lastConversation) that you know it.")
      }
      return
    }
    let fresh = detail.entries.filter { entry in
      guard let number = entry.id, number > seen else { return false }
      return entry.kind == .customer || entry.authorID != agent.rawValue
    }
    guard let last = fresh.compactMap(\.id).max() else { return }
    let names = fresh.suffix(5).map { entry in
      "\(Self.words(entry.kind)) by \(Self.oneLine(entry.authorName)) of \(entry.createdAt) "
        + "(conversation \(entry.id.map(\.description) ?? "0"))"
    }
    throw CommandFailure(
      .refused,
      "#\(id) has \(fresh.count == 1 ? "an entry" : "\(fresh.count) entries") that you have not seen: "
        + "\(names.joined(separator: "; ")). Nothing was queued; read it with: ticket-console show "
        + "\(id) --refresh, or say with --seen \(last) that you know it.")
  }

  /// For a thread that was never shown: what is unanswered, for the question at the terminal.
  var unanswered: String {
    guard seen == nil else { return "" }
    let start =
      detail.entries.lastIndex { $0.kind == .reply }.map { $0 + 1 } ?? detail.entries.startIndex
    var entries = Array(detail.entries[min(start, detail.entries.endIndex)...])
    if entries.isEmpty { entries = Array(detail.entries.suffix(1)) }
    let earlier = detail.entryCount - entries.count
    var lines = ["", "YOU ANSWER"]
    if earlier > 0 {
      lines.append("[\(earlier) earlier: ticket-console show \(detail.ticket.id)]")
    }
    for entry in entries { lines += [""] + ThreadText.lines(entry, limit: 40) }
    return lines.joined(separator: "\n") + "\n"
  }

  static func words(_ kind: ConversationKind) -> String {
    switch kind {
    case .customer: "a message"
    case .reply: "a reply"
    case .privateNote: "a private note"
    case .publicNote: "a public note"
    case .forward: "a forward"
    case .replyToForward: "a reply to a forward"
    case .feedback: "feedback"
    case .other: "an entry"
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

extension TicketDetail {
  /// The newest conversation; 0 where there is none.
  var lastConversation: ConversationID { entries.compactMap(\.id).max() ?? ConversationID(0) }
}
