import Helpdesk
import Testing

@testable import ConsoleModel

@Suite struct DispatchPlanTests {
  private let now = Timestamp(1000)

  private func write(
    _ id: Int64, ticket: Int64? = nil, _ state: WriteState = .queued, batch: Int64? = nil,
    notBefore: Int64? = nil, holdUntil: Int64? = nil, follows: Int64? = nil, looksLeft: Int = 0,
    updatedAt: Int64 = 900
  ) -> QueuedWrite {
    QueuedWrite(
      id: WriteID(id), batch: batch.map { BatchID($0) }, ticketID: TicketID(ticket ?? id),
      payload: .privateNote(NoteContent(subject: "", text: "x", html: "x")), state: state,
      createdAt: Timestamp(900), updatedAt: Timestamp(updatedAt),
      holdUntil: holdUntil.map { Timestamp($0) }, notBefore: notBefore.map { Timestamp($0) },
      looksLeft: looksLeft, follows: follows.map { WriteID($0) })
  }

  private func plan(
    _ open: [QueuedWrite], running: [TicketID: RequestLane] = [:], sends: Bool = true,
    sleepsUntil: Timestamp? = nil
  ) -> DispatchPlan {
    DispatchPlan(
      open: open, running: running, now: now, sends: sends, sleepsUntil: sleepsUntil)
  }

  private func ids(_ plan: DispatchPlan) -> [Int64] { plan.work.map(\.write.id.rawValue) }

  @Test func writesOfOneTicketGoOneAtATimeAndInOrder() {
    #expect(ids(plan([write(1, ticket: 7), write(2, ticket: 7), write(3, ticket: 8)])) == [1, 3])
    #expect(ids(plan([write(1, ticket: 7)], running: [TicketID(7): .interactive])) == [])
  }

  @Test func whatIsHeldKeepsItsPlaceBeforeLaterOnesOfItsTicket() {
    let held = plan([write(1, ticket: 7, .confirmed, holdUntil: 1008), write(2, ticket: 7)])
    #expect(ids(held) == [])
    #expect(held.wake == Timestamp(1008))
  }

  @Test(arguments: [WriteState.proposed, .conflicted, .failed])
  func whatNeedsAPersonHoldsNobodyUp(state: WriteState) {
    #expect(ids(plan([write(1, ticket: 7, state), write(2, ticket: 7)])) == [2])
  }

  @Test func aStatusThatWaitsForItsReplyHoldsNobodyUp() {
    #expect(
      ids(plan([write(1, ticket: 7, .confirmed, follows: 9), write(2, ticket: 7)])) == [2])
  }

  @Test func anUnclearWriteIsLookedForBeforeItsTicketGoesOn() {
    let looking = plan([
      write(1, ticket: 7, .unknown, notBefore: 1005, looksLeft: 4), write(2, ticket: 7),
    ])
    #expect(ids(looking) == [])
    #expect(looking.wake == Timestamp(1005))
    let due = plan([write(1, ticket: 7, .unknown, notBefore: 1000, looksLeft: 4)])
    #expect(due.work == [.look(due.work[0].write)])
    #expect(ids(plan([write(1, ticket: 7, .unknown), write(2, ticket: 7)])) == [2])
  }

  @Test func bulkWorkLeavesRoomForAPersonsOwn() {
    let bulk = (1...9).map { write($0, batch: 1) }
    #expect(ids(plan(bulk + [write(20), write(21), write(22)])) == [1, 2, 3, 4, 20, 21])
  }

  @Test func brakesStopSendingButNotLooking() {
    let open = [write(1), write(2, .unknown, looksLeft: 1)]
    #expect(ids(plan(open, sends: false)) == [2])
  }

  @Test func nothingIsTriedWhileTheLineIsDown() {
    let down = plan([write(1)], sleepsUntil: Timestamp(1030))
    #expect(ids(down) == [])
    #expect(down.wake == Timestamp(1030))
  }

  @Test func aWaitFromAClockThatWasSetBackIsNotWaitedFor() {
    #expect(ids(plan([write(1, notBefore: 5000)])) == [])
    #expect(ids(plan([write(1, notBefore: 5000, updatedAt: 4966)])) == [1])
  }
}
