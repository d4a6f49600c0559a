import ConsoleModel
import ConsoleTestSupport
import Helpdesk

/// A journal on disk with a clock that stands still.
struct OutboxFixture {
  let folder = TemporaryFolder()
  let clock = ManualClock()
  let journal: Journal

  init(holdSeconds: Int64 = 10, cacheIsComplete: Bool = false, fileSystem: String? = nil) throws {
    let clock = clock
    journal = try Journal(
      Journal.Options(
        folder: folder.path, account: "acme", person: "Maria", holdSeconds: holdSeconds,
        clock: clock, cacheIsCompleteUntil: { cacheIsComplete ? clock.now : nil },
        fileSystem: fileSystem))
  }

  func reader() throws -> JournalReader {
    try JournalReader(folder: folder.path, account: "acme", clock: clock)
  }

  func state(_ id: WriteID) async throws -> WriteState? { try await journal.write(id)?.state }
}

extension WritePayload {
  static func testReply(
    _ text: String = "Hello Kenji", cc: [String] = [], thenStatus: TicketStatus? = nil,
    seen: Int64? = nil, files: [OutgoingFile] = []
  ) -> WritePayload {
    .reply(
      ReplyContent(
        toEmail: "kt@heliotech.example", ccEmails: cc, subject: "VPN drops", text: text,
        html: "<p>\(text)</p>", attachments: files, thenStatus: thenStatus,
        seenConversationID: seen.map { ConversationID($0) }))
  }

  static func testNote(
    _ text: String = "Call him back", seen: ConversationID? = nil
  ) -> WritePayload {
    .privateNote(
      NoteContent(
        subject: "VPN drops", text: text, html: "<p>\(text)</p>", seenConversationID: seen))
  }

  static func assign(from old: Int64?, to new: Int64?) -> WritePayload {
    .update(.assign(from: old, to: new))
  }
}

extension UpdateContent {
  static func assign(from old: Int64?, to new: Int64?) -> UpdateContent {
    UpdateContent(
      subject: "VPN drops",
      change: TicketChange(agentID: .some(new.map { AgentID($0) })),
      before: TicketChange(agentID: .some(old.map { AgentID($0) })))
  }
}
