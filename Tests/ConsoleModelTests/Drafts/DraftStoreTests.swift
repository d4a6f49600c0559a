import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

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
    for draft in all { #expect(try await drafts.load(draft.ticketID, draft.kind)?.draft == draft) }
    let first = try await drafts.load(TicketID(1), .reply)?.reference
    try await drafts.save(draft(1, .reply, "a, later", at: 5), over: first)
    #expect(try await drafts.load(TicketID(1), .reply)?.draft.text == "a, later")
    #expect(try await drafts.load(TicketID(1), .privateNote)?.draft.text == "b")
    #expect(try await drafts.list().map(\.draft.text) == ["a, later", "c", "b"])
  }

  @Test func aSavedDraftIsThereForTheNextProcess() async throws {
    try await drafts.save(draft(1, .reply, "typed 👋 words"))
    let next = try Journal(fixture.journal.options)
    #expect(try await next.drafts.load(TicketID(1), .reply)?.draft.text == "typed 👋 words")
    let reader = try fixture.reader()
    #expect(try reader.draft(TicketID(1), .reply)?.draft.text == "typed 👋 words")
    #expect(try reader.draftedTickets() == [TicketID(1)])
  }

  @Test func aWriteDeletesExactlyTheDraftItWasMadeOf() async throws {
    let reply = try await drafts.save(draft(1, .reply, "reply"))
    try await drafts.save(draft(1, .privateNote, "note"))
    _ = try await fixture.journal.proposeAndConfirm(
      TicketID(1), .testReply("reply"), madeOf: reply.reference)
    #expect(try await drafts.list().map(\.draft.text) == ["note"])
  }

  @Test func aWriteThatWasMadeOfNoDraftDeletesNone() async throws {
    try await drafts.save(draft(1, .reply, "typed in the console"))
    _ = try await fixture.journal.proposeAndConfirm(TicketID(1), .testReply("from a script"))
    #expect(try await drafts.list().map(\.draft.text) == ["typed in the console"])
  }

  @Test func aDraftThatWasWrittenOnSinceIsKept() async throws {
    let shown = try await drafts.save(draft(1, .reply, "shown"))
    try await drafts.save(draft(1, .reply, "shown, and more"), over: shown.reference)
    _ = try await fixture.journal.proposeAndConfirm(
      TicketID(1), .testReply("shown"), madeOf: shown.reference)
    #expect(try await drafts.list().map(\.draft.text) == ["shown, and more"])
    #expect(try await !drafts.delete(shown.reference))
    #expect(try await drafts.list().count == 1)
  }

  @Test func theLaterOfTwoWindowsParksTheOtherTextAndBothLearnOfIt() async throws {
    var here = try await drafts.save(draft(1, .reply, "from here"))
    #expect(here.outcome == .current)
    let there = try await drafts.save(draft(1, .reply, "from there", at: 1))
    #expect(there.outcome == .otherParked)
    here = try await drafts.save(draft(1, .reply, "from here, more", at: 2), over: here.reference)
    #expect(here.outcome == .parked)
    let all = try await drafts.list()
    #expect(all.map(\.draft.text) == ["from here, more", "from there"])
    #expect(all.map(\.isParked) == [true, false])
  }

  @Test func twoWindowsOnOneDraftLoseNoWord() async throws {
    let common = try await drafts.save(draft(1, .reply, "common"))
    let here = try await drafts.save(
      draft(1, .reply, "common, here", at: 1), over: common.reference)
    let there = try await drafts.save(
      draft(1, .reply, "common, there", at: 2), over: common.reference)
    #expect(here.outcome == .current)
    #expect(there.outcome == .otherParked)
    let again = try await drafts.save(
      draft(1, .reply, "common, here, on", at: 3), over: here.reference)
    #expect(again.outcome == .parked)
    #expect(try await drafts.list().map(\.draft.text) == ["common, here, on", "common, there"])
  }

  @Test func wordsWrittenOnInADraftThatWasSentElsewhereAreANewDraft() async throws {
    let common = try await drafts.save(draft(1, .reply, "common"))
    _ = try await fixture.journal.proposeAndConfirm(
      TicketID(1), .testReply("common"), madeOf: common.reference)
    let saved = try await drafts.save(
      draft(1, .reply, "common, and more"), over: common.reference)
    #expect(saved.outcome == .renewed)
    #expect(try await drafts.list().map(\.draft.text) == ["common, and more"])
  }

  @Test func keptWordsNeverTakeThePlaceOfOthers() async throws {
    #expect(try await drafts.keep(draft(1, .reply, "first")).outcome == .current)
    #expect(try await drafts.keep(draft(1, .reply, "second", at: 1)).outcome == .parked)
    #expect(try await drafts.keep(draft(1, .reply, "first", at: 2)).outcome == .current)
    #expect(try await drafts.list().map(\.draft.text) == ["first", "second"])
  }

  @Test func aWindowLearnsWhoElseHasADraftOpen() async throws {
    let here = ProcessIdentity.current(token: 1)
    let there = ProcessIdentity.current(token: 2)
    let ended = ProcessIdentity(pid: here.pid, startTime: here.startTime + 1, token: 3)
    let key = (ticketID: TicketID(1), kind: DraftKind.reply)
    #expect(try await drafts.setOpen(key, by: ended) == [])
    #expect(try await drafts.setOpen(key, by: here) == [])
    #expect(try await drafts.setOpen(key, by: there) == [here])
    #expect(try await drafts.setOpen((TicketID(1), .privateNote), by: there) == [])
    try await drafts.setOpen(nil, by: here)
    #expect(try await drafts.setOpen(key, by: there) == [])
    try await drafts.save(draft(1, .reply, "left open"))
    #expect(try await drafts.takeAbandoned().map(\.draft.text) == ["left open"])
    #expect(try await drafts.takeAbandoned().isEmpty)
  }

  @Test func aJournalOfTheFirstFormatKeepsItsDrafts() async throws {
    let folder = TemporaryFolder()
    let options = Journal.Options(
      folder: folder.path, account: "acme", person: "Maria", clock: fixture.clock)
    do {
      let first = Migrator(
        applicationID: JournalSchema.migrator.applicationID,
        migrations: Array(JournalSchema.migrator.migrations.prefix(1)))
      let connection = try Connection(path: Journal.path(in: folder.path))
      try first.migrate(connection)
      try connection.execute(
        """
        INSERT INTO drafts (account, ticket_id, kind, content, updated_at, parked)
        VALUES ('acme', 7, 'reply', '{"text":"old","cc":[],"bcc":[],"files":[]}', 5, 0)
        """)
    }
    let journal = try Journal(options)
    let old = try await journal.drafts.load(TicketID(7), .reply)
    #expect(old?.draft.text == "old")
    #expect(old?.reference.revision == 1)
  }

  @Test func anItemThatNeverLeftBecomesItsDraftAgain() async throws {
    let proposal = try await fixture.journal.propose(TicketID(1), .testReply("kept words"))
    let back = try await fixture.journal.returnToDraft(proposal.id)
    #expect(back?.draft.text == "kept words")
    #expect(try await fixture.state(proposal.id) == .rejected)
    #expect(try await drafts.load(TicketID(1), .reply)?.draft.text == "kept words")
  }
}
