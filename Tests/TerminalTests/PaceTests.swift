import Terminal
import Testing

@testable import TicketConsole

/// What is held back on slow links. Time is the test's own.
@Suite("Pace") struct PaceTests {
  private let start = ContinuousClock.now

  private func after(_ milliseconds: Int) -> ContinuousClock.Instant {
    start.advanced(by: .milliseconds(milliseconds))
  }

  @Test func aKeyIsHeldWhenItComesAgainAtOnce() {
    var pace = KeyPace()
    pace.note(.down, at: start)
    #expect(!pace.isHeld(at: start))
    pace.note(.down, at: after(33))
    #expect(pace.isHeld(at: after(33)))
    #expect(!pace.isHeld(at: after(113)), "it rests")
    pace.note(.up, at: after(50))
    #expect(!pace.isHeld(at: after(50)))
    pace.note(.up, at: after(200))
    #expect(!pace.isHeld(at: after(200)))
  }

  @Test func aWindowThatIsDraggedIsFollowedWhenItRests() {
    var resizing = Resizing()
    #expect(resizing.deadline == nil)
    resizing.note(at: start)
    #expect(resizing.isDue(at: start), "the first change is followed at once")
    resizing.done(at: start)
    for moment in stride(from: 10, through: 1_000, by: 10) {
      resizing.note(at: after(moment))
      #expect(!resizing.isDue(at: after(moment)))
    }
    #expect(resizing.deadline == after(1_080))
    #expect(resizing.isDue(at: after(1_080)))
    resizing.done(at: after(1_080))
    resizing.note(at: after(2_000))
    #expect(resizing.isDue(at: after(2_000)))
  }
}
