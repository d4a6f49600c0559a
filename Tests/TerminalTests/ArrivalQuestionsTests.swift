import Terminal
import Testing

@Suite("ArrivalQuestions") struct ArrivalQuestionsTests {
  private let start = ContinuousClock.now

  private func after(_ milliseconds: Int) -> ContinuousClock.Instant {
    start.advanced(by: .milliseconds(milliseconds))
  }

  @Test func anAnswerProvesItsQuestionAndThoseBefore() {
    var questions = ArrivalQuestions()
    #expect(questions.ask(at: start) == (1, "\u{1B}[5n"))
    #expect(questions.ask(at: after(10)) == (2, "\u{1B}[c"))
    #expect(questions.ask(at: after(20)) == (3, "\u{1B}[5n"))
    #expect(questions.take(.status, at: after(100)) == 1)
    #expect(questions.isWaiting)
    // The answer to the second one was lost.
    #expect(questions.take(.status, at: after(300)) == 3)
    #expect(!questions.isWaiting)
    #expect(questions.roundTrip == .milliseconds(280))
  }

  @Test func anAnswerThatNobodyAskedForProvesNothing() {
    var questions = ArrivalQuestions()
    #expect(questions.take(.status, at: start) == nil)
    _ = questions.ask(at: start)
    #expect(questions.take(.attributes, at: after(5)) == nil)
    #expect(questions.isWaiting)
  }

  @Test func aTerminalThatNeverAnsweredIsMuteAfterAWhile() {
    var questions = ArrivalQuestions()
    #expect(!questions.isMute(at: after(60_000)))
    _ = questions.ask(at: start)
    _ = questions.ask(at: after(4_000))
    #expect(questions.deadline == after(5_000))
    #expect(questions.overdue(at: after(4_999)) == nil)
    #expect(!questions.isMute(at: after(4_999)))
    #expect(questions.overdue(at: after(5_000)) == .mute(shown: 2))
    #expect(questions.isMute(at: after(5_000)))
    #expect(questions.deadline == nil)
    // It was only very late: from now on its answers are waited for.
    _ = questions.take(.status, at: after(6_000))
    #expect(!questions.isMute(at: after(60_000)))
  }

  @Test func aTerminalThatHasAnsweredIsAskedAgainAndNeverBelievedWithoutAnAnswer() {
    var questions = ArrivalQuestions()
    _ = questions.ask(at: start)
    _ = questions.take(.status, at: after(10))
    _ = questions.ask(at: after(1_000))
    #expect(questions.overdue(at: after(5_999)) == nil)
    #expect(questions.overdue(at: after(6_000)) == .askAgain)
    #expect(questions.ask(at: after(6_000)) == (3, "\u{1B}[5n"))
    #expect(questions.overdue(at: after(10_999)) == nil)
    #expect(questions.overdue(at: after(11_000)) == .askAgain)
    #expect(!questions.isMute(at: after(600_000)))
  }

  @Test func twoLostAnswersDoNotKeepTheLaterOnesBehind() {
    var questions = ArrivalQuestions()
    _ = questions.ask(at: start)
    _ = questions.take(.status, at: after(100))
    _ = questions.ask(at: after(1_000))
    _ = questions.ask(at: after(2_000))
    #expect(questions.overdue(at: after(7_000)) == .askAgain)
    let again = questions.ask(at: after(7_000))
    #expect(again == (4, "\u{1B}[c"))
    #expect(questions.take(.attributes, at: after(7_100)) == 4)
    #expect(!questions.isWaiting)
  }
}
