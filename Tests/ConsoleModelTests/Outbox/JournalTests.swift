import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

@Suite struct JournalTests {
  let fixture: OutboxFixture
  var journal: Journal { fixture.journal }
  let ticket = TicketID(48207)

  init() throws { fixture = try OutboxFixture() }

  @Test func proposalIsConfirmedOnlyWithTheDigestThatWasShown() async throws {
    let proposal = try await journal.propose(ticket, .testReply())
    let other = try #require(
      WriteDigest(account: "acme", ticketID: ticket, payload: .testReply("Hello Kenji!")))
    await #expect(throws: JournalError.changedSinceShown) {
      try await journal.confirm(proposal.id, other)
    }
    #expect(try await fixture.state(proposal.id) == .proposed)

    try await journal.confirm(proposal.id, proposal.digest)

    let write = try #require(try await journal.write(proposal.id))
    #expect(write.state == .confirmed)
    #expect(write.holdUntil == fixture.clock.now + 10)
    #expect(write.payload == .testReply())
    #expect(write.account == "acme")
  }

  @Test func aFileThatChangedWhileItsQuestionStoodIsNotConfirmed() async throws {
    let folder = TemporaryFolder()
    let path = folder.write("price.txt", "100 EUR".utf8)
    let file = try #require(OutgoingFile(name: "price.txt", path: path, size: 7).withDigest())
    folder.write("price.txt", "900 EUR".utf8)
    await #expect(throws: JournalError.changedFile(name: "price.txt")) {
      try await journal.proposeAndConfirm(ticket, .testReply(files: [file]))
    }
    #expect(try await journal.counts().total == 0)
  }

  @Test func oneDraftMakesOneWrite() async throws {
    let draft = Draft(
      ticketID: ticket, kind: .reply, text: "Hello Kenji", updatedAt: fixture.clock.now)
    let saved = try await journal.drafts.save(draft)
    _ = try await journal.proposeAndConfirm(ticket, .testReply(), madeOf: saved.reference)
    await #expect(throws: JournalError.draftGone) {
      try await journal.proposeAndConfirm(ticket, .testReply(), madeOf: saved.reference)
    }
    #expect(try await journal.counts().total == 1)
  }

  @Test func everyFieldThatIsShownIsPartOfTheDigest() throws {
    let folder = TemporaryFolder()
    let path = folder.write("fix.pdf", "one".utf8)
    let file = OutgoingFile(name: "fix.pdf", path: path, size: 3)
    let base = WritePayload.testReply(files: [file])
    func digest(_ payload: WritePayload, account: String = "acme", ticket: Int64 = 1) throws
      -> WriteDigest
    {
      try #require(
        WriteDigest(account: account, ticketID: TicketID(ticket), payload: payload))
    }
    func changed(_ body: (inout ReplyContent) -> Void) -> WritePayload {
      guard case .reply(var reply) = base else { return base }
      body(&reply)
      return .reply(reply)
    }
    var seen: Set<WriteDigest> = [try digest(base)]
    let others = try [
      digest(base, account: "other"), digest(base, ticket: 2),
      digest(changed { $0.toEmail = "a@b.example" }), digest(changed { $0.ccEmails = ["c@d.e"] }),
      digest(changed { $0.bccEmails = ["c@d.e"] }), digest(changed { $0.subject = "x" }),
      digest(changed { $0.text = "x" }), digest(changed { $0.html = "x" }),
      digest(changed { $0.thenStatus = .closed }), digest(changed { $0.attachments = [] }),
      digest(.testNote()), digest(.assign(from: 1, to: 2)), digest(.assign(from: nil, to: 2)),
      digest(.assign(from: 1, to: nil)),
    ]
    for other in others { #expect(seen.insert(other).inserted) }
    folder.write("fix.pdf", "two".utf8)
    #expect(seen.insert(try digest(base)).inserted)
  }

  @Test func undoGivesTheWordsBackAsTheDraftOfTheirTicket() async throws {
    let id = try await journal.proposeAndConfirm(
      ticket, .testReply("Hello", cc: ["it@heliotech.example"], thenStatus: .pending, seen: 7))
    let result = try await journal.undo(id)
    // The reply and the status that was to follow it.
    #expect(result.takenBack.map(\.id) == [id, WriteID(id.rawValue + 1)])
    #expect(result.takenBack.map(\.state) == [.undone, .undone])
    #expect(!result.isParked && result.refusal == nil)
    let expected = Draft(
      ticketID: ticket, kind: .reply, text: "Hello", ccEmails: ["it@heliotech.example"],
      thenStatus: .pending, seenConversationID: ConversationID(7), updatedAt: fixture.clock.now)
    #expect(result.draft == expected)
    #expect(try await journal.drafts.load(ticket, .reply)?.draft == expected)
    #expect(try await journal.openWrites() == [])
  }

  @Test func undoNeverOverwritesANewerDraft() async throws {
    let id = try await journal.proposeAndConfirm(ticket, .testReply("First answer"))
    try await journal.drafts.save(
      Draft(ticketID: ticket, kind: .reply, text: "Second", updatedAt: fixture.clock.now))
    #expect(try await journal.undo(id).isParked)
    #expect(try await journal.drafts.load(ticket, .reply)?.draft.text == "Second")
    let texts = try await journal.drafts.list().map { "\($0.draft.text) \($0.isParked)" }
    #expect(Set(texts) == ["First answer true", "Second false"])
  }

  @Test func editVoidsTheConfirmationAndKeepsTheOldRevision() async throws {
    let id = try await journal.proposeAndConfirm(ticket, .testReply("One"))
    let proposal = try await journal.edit(id, .testReply("Two"))
    let write = try #require(try await journal.write(id))
    #expect(write.state == .proposed)
    #expect(write.revision == 2)
    #expect(write.holdUntil == nil)
    #expect(proposal.revision == 2)
    try await journal.confirm(id, proposal.digest)
    #expect(try await fixture.state(id) == .confirmed)
  }

  @Test func aNoteNeverBecomesAReplyByAnEdit() async throws {
    let note = try await journal.proposeAndConfirm(ticket, .testNote())
    let reply = try await journal.proposeAndConfirm(ticket, .testReply())
    await #expect(throws: JournalError.self) { try await journal.edit(note, .testReply()) }
    await #expect(throws: JournalError.self) { try await journal.edit(reply, .testNote()) }
    #expect(try await journal.write(note)?.payload == .testNote())
    #expect(try await journal.write(reply)?.payload == .testReply())
  }

  @Test func fiftyChangesAreOneBatchAndOneUndo() async throws {
    let updates = (1...50).map { number in
      (ticketID: TicketID(Int64(number)), content: UpdateContent.assign(from: nil, to: 7))
    }
    let submitted = try await journal.submitUpdates(updates, title: "assign to Tom")
    let batch = try #require(submitted.batch)
    #expect(submitted.writes.count == 50)
    #expect(
      try await journal.progress(of: batch)
        == BatchProgress(batch: batch, total: 50, sent: 0, waiting: 50, failed: 0, undone: 0))
    #expect(try await journal.undoBatch(batch).takenBack.count == 50)
    #expect(
      try await journal.progress(of: batch)
        == BatchProgress(batch: batch, total: 50, sent: 0, waiting: 0, failed: 0, undone: 50))
  }

  @Test func aStatusAfterAReplyIsAnItemOfItsOwnAndGoesWithIt() async throws {
    let id = try await journal.proposeAndConfirm(ticket, .testReply(thenStatus: .pending))
    let items = try await journal.openWrites()
    #expect(items.count == 2)
    #expect(items[1].follows == id)
    #expect(
      items[1].payload
        == .update(
          UpdateContent(
            subject: "VPN drops", change: TicketChange(status: .pending),
            before: TicketChange())))
    _ = try await journal.undo(id)
    #expect(try await journal.recentWrites(limit: 9).map(\.state) == [.undone, .undone])
  }

  @Test func closingATicketIsHeldWhereItMailsTheCustomer() async throws {
    let content = UpdateContent(
      subject: "VPN drops", change: TicketChange(status: .closed),
      before: TicketChange(status: .open))
    let submitted = try await journal.submitUpdates([(ticketID: ticket, content: content)])
    #expect(submitted.batch == nil)
    #expect(try await journal.openWrites().map(\.holdUntil) == [fixture.clock.now + 10])
  }

  @Test func whatWasAcknowledgedIsThereAfterOpeningAgain() async throws {
    let id = try await journal.proposeAndConfirm(ticket, .testReply("Kept"))
    let again = try Journal(journal.options)
    #expect(try await again.write(id)?.payload == .testReply("Kept"))
    let reader = try fixture.reader()
    #expect(try reader.openWrites() == (try await journal.openWrites()))
    #expect(try reader.counts().held == 1)
    #expect(try reader.counts().nextHoldEnd == fixture.clock.now + 10)
    #expect(
      try reader.history(of: id).map(\.words) == ["written down", "confirmed (confirmed by Maria)"])
  }

  /// The journal went away, or came back from a crash as an empty file.
  @Test(arguments: [true, false])
  func anEmptyJournalNextToAnAuditLogIsNotReplaced(isThere: Bool) async throws {
    let folder = TemporaryFolder()
    folder.write("audit.log", "0123 1 2026-11-21T10:00:00Z acme decision | something".utf8)
    if isThere { folder.write("journal.db", "".utf8) }
    let gone = JournalError.gone(path: folder.path + "/journal.db")
    #expect(throws: gone) {
      try Journal(Journal.Options(folder: folder.path, account: "acme", person: "Maria"))
    }
    #expect(throws: gone) { try JournalReader(folder: folder.path, account: "acme") }
    #expect(folder.contents("journal.db") == (isThere ? [] : nil))
  }

  @Test func aDamagedJournalIsRefusedAndKept() async throws {
    let folder = TemporaryFolder()
    let bytes = [UInt8](repeating: 0x41, count: 8192)
    folder.write("journal.db", bytes)
    #expect(throws: JournalError.damaged(path: folder.path + "/journal.db")) {
      try Journal(Journal.Options(folder: folder.path, account: "acme", person: "Maria"))
    }
    #expect(folder.contents("journal.db") == bytes)
  }

  @Test func aJournalOfANewerVersionIsRefusedAndKept() async throws {
    _ = try await journal.proposeAndConfirm(ticket, .testReply("Kept"))
    let path = fixture.folder.file("journal.db")
    let connection = try Connection(path: path)
    let known = try #require(
      try connection.first("PRAGMA user_version") { row throws(SQLiteError) in try row.int(0) })
    try connection.execute("PRAGMA user_version = 99")
    #expect(throws: JournalError.storage(.newerFile(found: 99, known: known))) {
      try Journal(journal.options)
    }
    try connection.execute("PRAGMA user_version = \(known)")
    #expect(try await Journal(journal.options).openWrites().count == 1)
  }

  @Test func aJournalFromBeforeTheIndexesOpensWithAllThatWaitsInIt() async throws {
    let id = try await journal.proposeAndConfirm(ticket, .testReply("Kept"))
    let connection = try Connection(path: fixture.folder.file("journal.db"))
    let indexes = try connection.query(
      """
      SELECT name FROM sqlite_schema WHERE type = 'index' AND name IN ('writes_by_state',
        'writes_queued_single', 'writes_queued_bulk', 'writes_open_by_ticket', 'writes_held',
        'writes_delayed', 'writes_repeating')
      """
    ) { row throws(SQLiteError) in try row.string(0) }
    #expect(indexes.count == 7)
    for index in indexes { try connection.execute("DROP INDEX \(index)") }
    let known = JournalSchema.migrator.migrations.count
    try connection.execute("PRAGMA user_version = \(known - 1)")
    let journal = try Journal(journal.options)
    #expect(try await journal.openWrites().map(\.id) == [id])
    #expect(try await journal.due(.init(now: fixture.clock.now)).wake == fixture.clock.now + 10)
  }

  /// Each commit reaches the disk before it is acknowledged, also after the audit's short cut.
  @Test func everyCommitIsSynced() async throws {
    _ = try await journal.proposeAndConfirm(ticket, .testReply())
    let modes = try await journal.perform { connection in
      try ["synchronous", "journal_mode"].compactMap { name in
        try connection.first("PRAGMA \(name)") { row throws(SQLiteError) in row.value(0) }
      }
    }
    #expect(modes == [.integer(2), .text("wal")])
  }

  @Test func filesAreForTheirOwnerOnly() async throws {
    _ = try await journal.proposeAndConfirm(ticket, .testReply())
    for name in ["journal.db", "journal.db-wal", "audit.log"] {
      #expect(Files.mode(fixture.folder.file(name)) == 0o600)
    }
  }

  @Test func wordsWithoutAWordAreRefused() async throws {
    await #expect(throws: JournalError.empty) {
      try await journal.proposeAndConfirm(ticket, .testReply(" \n "))
    }
    await #expect(throws: JournalError.empty) {
      try await journal.submitUpdates([
        (
          ticketID: ticket,
          content: UpdateContent(
            subject: "", change: TicketChange(), before: TicketChange())
        )
      ])
    }
  }

  @Test func everyDecisionIsInTheAuditLog() async throws {
    let id = try await journal.proposeAndConfirm(ticket, .testReply())
    _ = try await journal.undo(id)
    #expect(try await journal.verifyAudit() == .good(count: 2))
    let lines = journal.auditLog.tail(2)
    #expect(
      lines[0].contains("| Maria confirmed public reply to kt@heliotech.example on ticket #48207"))
    #expect(
      lines[1].hasSuffix(
        "| Maria took back public reply to kt@heliotech.example on ticket #48207 (write 1)"))
  }
}
