import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// A confirmation counts only for what the terminal shows. Time is the test's own.
@Suite struct SlowLinkTests {
  /// A link with a delay each way: what is sent first arrives first.
  private struct Link {
    enum Arrival {
      case key(Key)
      case answer(Int)
    }

    let delay: Int64
    /// When the program hears of what, in milliseconds from the beginning.
    var arrivals: [(at: Int64, what: Arrival)] = []

    /// Something that leaves the terminal at a moment.
    mutating func leave(_ what: Arrival, at moment: Int64) {
      arrivals.append((moment + delay, what))
    }

    /// The next arrival; what leaves at the same moment arrives in the order of leaving.
    mutating func next() -> (at: Int64, what: Arrival)? {
      guard let first = arrivals.enumerated().min(by: { ($0.1.at, $0.0) < ($1.1.at, $1.0) }) else {
        return nil
      }
      return arrivals.remove(at: first.offset)
    }
  }

  /// Opens the question for "Resolved" over a link and presses `y` so long after asking for it;
  /// whether it was taken, and when the question could be seen.
  private func confirms(roundTrip: Int64, yAt moment: Int64) -> (isTaken: Bool, visibleAt: Int64) {
    let driver = ConsoleDriver()
    driver.looksAhead = false
    var link = Link(delay: roundTrip / 2)
    // 2 kB at 20 kB/s.
    let transfer: Int64 = 100
    var clock: Int64 = 0
    var visibleAt: Int64 = 0
    var asked = 0
    driver.asks = {
      asked += 1
      let shown = clock + roundTrip / 2 + transfer
      if visibleAt == 0 { visibleAt = shown }
      link.leave(.answer(asked), at: shown)
      return asked
    }
    link.leave(.key(.character("d")), at: 0)
    link.leave(.key(.character("y")), at: moment)
    while let arrival = link.next() {
      driver.pass(milliseconds: arrival.at - clock)
      clock = arrival.at
      switch arrival.what {
      case .key(let key): driver.runtime.send(.key(key))
      case .answer(let question): driver.runtime.send(.terminalAnswered(question))
      }
      driver.settle()
    }
    return (!driver.desk.submissions.isEmpty, visibleAt)
  }

  @Test(arguments: [0, 300, 600, 1_200] as [Int64])
  func yCountsOnlyForAQuestionThatCanBeSeen(roundTrip: Int64) {
    var taken = 0
    for moment in stride(from: 0, through: 2_000, by: 20) as StrideThrough<Int64> {
      let (isTaken, visibleAt) = confirms(roundTrip: roundTrip, yAt: moment)
      if isTaken {
        taken += 1
        #expect(moment >= visibleAt + 250, "y at \(moment) ms, seen at \(visibleAt) ms")
      } else {
        #expect(moment < visibleAt + 250, "y at \(moment) ms, seen at \(visibleAt) ms")
      }
    }
    #expect(taken > 0)
  }

  @Test func theAnswerToAnEarlierQuestionOpensNothing() {
    let driver = ConsoleDriver()
    var asked = 6
    driver.asks = {
      asked += 1
      return asked
    }
    driver.runtime.send(.key(.character("d")))
    driver.settle()
    driver.runtime.send(.terminalAnswered(6))
    driver.wait(milliseconds: 1_000)
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.isEmpty)
    #expect(driver.status.contains("too early - press y again"))
    driver.runtime.send(.terminalAnswered(7))
    driver.wait(milliseconds: 200)
    #expect(driver.status.contains("too early"))
    driver.wait(milliseconds: 50)
    #expect(!driver.status.contains("too early"), "the sentence ends when it is no longer true")
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.count == 1)
  }

  @Test func whatBecomesAnotherQuestionHasToArriveAgain() {
    let driver = ConsoleDriver()
    var asked = 0
    driver.asks = {
      asked += 1
      return asked
    }
    driver.runtime.send(.key(.character("d")))
    driver.settle()
    driver.runtime.send(.terminalAnswered(1))
    driver.wait(milliseconds: 300)
    #expect(asked == 1)
    driver.resize(120, 40)
    #expect(asked == 2)
    driver.wait(milliseconds: 1_000)
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.isEmpty)
    driver.runtime.send(.terminalAnswered(2))
    driver.wait(milliseconds: 250)
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.count == 1)
  }

  /// Nothing of a question may change between its last painting and the key.
  @Test func yInOneBreathWithAChangeOfThePlanIsTooEarly() {
    let driver = ConsoleDriver()
    driver.press("3 * a a")
    driver.type("mari")
    driver.press(.enter)
    driver.wait(milliseconds: 1_000)
    driver.runtime.send(.key(.character("-")))
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.isEmpty)
    driver.settle()
    driver.wait(milliseconds: 250)
    driver.runtime.send(.key(.character("y")))
    #expect(!driver.desk.submissions.isEmpty)
  }

  @Test func aQuestionUnderAnotherBoxIsSeenAgainBeforeItCounts() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type("Dear Lena")
    driver.press("Ctrl-x")
    driver.wait(milliseconds: 1_000)
    driver.press("v")
    driver.runtime.send(.key(.escape))
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.isEmpty)
    driver.settle()
    driver.wait(milliseconds: 250)
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.count == 1)
  }
}
