import ConsoleModel
import Helpdesk
import Testing

/// What the cache works out about a ticket, seen through its row.
@Suite struct TicketStandingTests {
  private let now = CacheFixture.noon

  private func row(_ ticket: Ticket, thread: [Conversation]? = nil, seen: Bool = false)
    async throws -> QueueRow
  {
    let fixture = try CacheFixture()
    if let thread {
      try await fixture.store.saveThread(of: ticket, conversations: thread)
    } else {
      try await fixture.store.save(tickets: [ticket])
    }
    if seen { try await fixture.store.markSeen(ticket.id) }
    return try #require(try fixture.reader().row(ticket.id))
  }

  private func ticket(
    _ status: TicketStatus = .open, firstDue: Int64? = nil, due: Int64? = nil,
    moments: TicketMoments? = TicketMoments(), updatedAt: Int64? = nil
  ) -> Ticket {
    Ticket(
      id: TicketID(1), subject: "s", status: status, requesterID: ContactID(5),
      createdAt: Timestamp(now - 5000), updatedAt: Timestamp(updatedAt ?? now),
      firstResponseDueAt: firstDue.map(Timestamp.init), dueAt: due.map(Timestamp.init),
      moments: moments)
  }

  @Test func theFirstAnswerIsDueBeforeTheResolution() async throws {
    let open = try await row(ticket(firstDue: now + 10, due: now + 500))
    #expect(
      open.clock
        == .running(
          dueAt: Timestamp(now + 10), startedAt: Timestamp(now - 5000), isFirstResponse: true))
    let answered = TicketMoments(
      firstRespondedAt: Timestamp(now - 5), agentRespondedAt: Timestamp(now - 5))
    let later = try await row(ticket(firstDue: now + 10, due: now + 500, moments: answered))
    #expect(
      later.clock
        == .running(
          dueAt: Timestamp(now + 500), startedAt: Timestamp(now - 5000), isFirstResponse: false))
  }

  @Test(arguments: [
    (TicketStatus.pending, ServiceClock.paused), (.waitingOnCustomer, .paused),
    (.waitingOnThirdParty, .paused), (.resolved, .stopped), (.closed, .stopped),
    (TicketStatus(rawValue: 42), .none),
  ])
  func clocksStandStillOrStop(status: TicketStatus, clock: ServiceClock) async throws {
    #expect(try await row(ticket(status)).clock == clock)
  }

  @Test func newWordsAreNewUntilTheyAreSeenOrAnswered() async throws {
    #expect(try await row(ticket()).hasNewCustomerWords)
    #expect(try await !row(ticket(), seen: true).hasNewCustomerWords)
    #expect(try await !row(ticket(.closed)).hasNewCustomerWords)
    let question = Conversation.sample(10, on: 1, at: now - 50)
    let answer = Conversation.sample(11, on: 1, kind: .reply, author: 7, at: now - 20)
    let note = Conversation.sample(12, on: 1, kind: .privateNote, author: 7, at: now - 10)
    #expect(try await row(ticket(), thread: [question, note]).hasNewCustomerWords)
    #expect(try await !row(ticket(), thread: [question, answer, note]).hasNewCustomerWords)
    let again = Conversation.sample(13, on: 1, at: now - 5)
    #expect(try await row(ticket(), thread: [question, answer, again]).hasNewCustomerWords)
  }

  @Test func wordsAfterTheLastLookAreNewAgain() async throws {
    let fixture = try CacheFixture()
    let question = Conversation.sample(10, on: 1, at: now - 50)
    try await fixture.store.saveThread(of: ticket(), conversations: [question])
    try await fixture.store.markSeen(TicketID(1))
    let reader = try fixture.reader()
    #expect(try reader.needingAnswerCount() == 0)
    let later = Conversation.sample(11, on: 1, at: now + 60)
    try await fixture.store.saveThread(
      of: ticket(updatedAt: now + 60), conversations: [question, later])
    let detail = try #require(try reader.detail(TicketID(1)))
    #expect(detail.entries.map(\.isNew) == [false, false, true])
    #expect(try reader.needingAnswerCount() == 1)
  }

  @Test func whatIsNotKnownIsNotClaimed() async throws {
    // A list without moments, and no thread: an old ticket may have been answered.
    #expect(try await !row(ticket(moments: nil)).hasNewCustomerWords)
    // Nothing has touched this one since it came in.
    #expect(
      try await row(ticket(moments: nil, updatedAt: now - 4990)).hasNewCustomerWords)
  }

  @Test func anOlderCopyOfATicketIsLeftAside() async throws {
    let fixture = try CacheFixture()
    try await fixture.store.save(tickets: [.sample(1, subject: "new", updatedAt: now)])
    try await fixture.store.save(tickets: [.sample(1, subject: "old", updatedAt: now - 10)])
    #expect(try fixture.reader().row(TicketID(1))?.subject == "new")
  }
}
