import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

@Suite struct DraftStoreTests {
  let fixture: OutboxFixture
  var drafts: DraftStore { fixture.journal.drafts }

  init() throws { fixture = try OutboxFixture() }

  private func draft(
    _ ticket: Int64, _ kind: DraftKind = .reply, _ text: String, at seconds: Int64 = 0
  ) -> Draft {
    Draft(
      ticketID: TicketID(ticket), kind: kind, text: text, ccEmails: ["a@b.example"],
      bccEmails: ["c@d.example"],
      attachments: [OutgoingFile(name: "n", path: "/p", size: 3)], thenStatus: .pending,
      seenConversationID: ConversationID(9), updatedAt: fixture.clock.now + seconds)
  }

  @Test func aDraftIsKeptWithEverythingPerTicketAndKind() async throws {
    let all = [draft(1, .reply, "a"), draft(1, .privateNote, "b"), draft(2, .reply, "c")]
    for draft in all { try await drafts.save(draft) }
    for draft in all { #expect(try await drafts.load(draft.ticketID, draft.kind) == draft) }
    try await drafts.save(draft(1, .reply, "a, later", at: 5))
    #expect(try await drafts.load(TicketID(1), .reply)?.text == "a, later")
    #expect(try await drafts.load(TicketID(1), .privateNote)?.text == "b")
    #expect(try await drafts.list().map(\.draft.text) == ["a, later", "c", "b"])
  }

  @Test func aSavedDraftIsThereForTheNextProcess() async throws {
    try await drafts.save(draft(1, .reply, "typed 👋 words"))
    let next = try Journal(fixture.journal.options)
    #expect(try await next.drafts.load(TicketID(1), .reply)?.text == "typed 👋 words")
    let reader = try fixture.reader()
    #expect(try reader.draft(TicketID(1), .reply)?.text == "typed 👋 words")
    #expect(try reader.draftedTickets() == [TicketID(1)])
  }

  @Test func sendingTakesItsDraftAlongAndNoOther() async throws {
    try await drafts.save(draft(1, .reply, "reply"))
    try await drafts.save(draft(1, .privateNote, "note"))
    _ = try await fixture.journal.proposeAndConfirm(TicketID(1), .testReply("reply"))
    #expect(try await drafts.list().map(\.draft.text) == ["note"])
  }

  @Test func aParkedDraftCanBeTakenUpAndThenTheOtherIsParked() async throws {
    let id = try await fixture.journal.proposeAndConfirm(TicketID(1), .testReply("old"))
    try await drafts.save(draft(1, .reply, "new"))
    _ = try await fixture.journal.undo(id)
    let parked = try #require(try await drafts.list().first { $0.isParked })
    try await drafts.takeUp(parked.id)
    #expect(try await drafts.load(TicketID(1), .reply)?.text == "old")
    #expect(try await drafts.list().filter(\.isParked).map(\.draft.text) == ["new"])
    try await drafts.delete(TicketID(1), .reply)
    #expect(try await drafts.list().map(\.draft.text) == ["new"])
  }

  @Test func anItemThatNeverLeftBecomesItsDraftAgain() async throws {
    let proposal = try await fixture.journal.propose(TicketID(1), .testReply("kept words"))
    let back = try await fixture.journal.returnToDraft(proposal.id)
    #expect(back?.draft.text == "kept words")
    #expect(try await fixture.state(proposal.id) == .rejected)
    #expect(try await drafts.load(TicketID(1), .reply)?.text == "kept words")
  }
}
