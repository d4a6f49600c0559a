import ConsoleModel
import Testing

/// The table under everything that can happen: two processes, kills at any step, late deliveries,
/// edits, helpdesks that apply and do not say so.
@Suite struct WriteExplorationTests {
  @Test func noReachableStateBreaksThePromiseForWords() {
    let report = WriteExplorer(machine: .standard, isRepeatable: false).explore()
    #expect(report.violations == [])
    #expect(report.reachedStates == Set(WriteState.allCases))
    #expect(report.states > 5_000)
    #expect(
      report.usedEvents == Set(WriteEvent.allCases).subtracting([.foundMissing]))
  }

  @Test func noReachableStateBreaksThePromiseForChangesOfFields() {
    let report = WriteExplorer(machine: .standard, isRepeatable: true).explore()
    #expect(report.violations == [])
    #expect(report.usedEvents == Set(WriteEvent.allCases))
  }

  /// The same exploration has to notice a table that is wrong.
  @Test(arguments: [
    Mutation("a retry on 5xx", "1: applied more than once") {
      $0.replace(.sending, .lostTrack) { $0.to = .queued }
    },
    Mutation("a retry after a crash", "1: applied more than once") {
      $0.replace(.sending, .ownerGone) { $0.to = .queued }
    },
    Mutation("a retry of what was not found", "1: applied more than once") {
      $0.replace(.unknown, .notFound) { $0.to = .queued }
    },
    Mutation("marking after sending", "5: applied, but queued") {
      $0.replace(.queued, .claimed) { $0.steps = [.logIntent, .send, .record] }
    },
    Mutation("logging after sending", "6: sent without an intent") {
      $0.replace(.queued, .claimed) { $0.steps = [.record, .send, .logIntent] }
    },
    Mutation("an edit that keeps the confirmation", "2: applied without a confirmation") {
      $0.replace(.confirmed, .edited) {
        $0.to = .confirmed
        $0.steps = [.record, .keepOldRevision, .storeConfirmation]
      }
    },
    Mutation("sending without comparing digests", "2: applied without a confirmation") {
      $0.replace(.confirmed, .edited) {
        $0.to = .confirmed
        $0.steps = [.record]
      }
      $0.replace(.queued, .claimed) { $0.needs.remove(.digestMatches) }
    },
    Mutation(
      "a claim that does not ask the stop switch", "10: claimed while the stop switch was on"
    ) {
      $0.replace(.queued, .claimed) { $0.needs.remove(.mayWrite) }
    },
    Mutation("taking back what is on its way", "5: applied, but undone") {
      $0.rules.append(
        WriteMachine.Rule(.sending, .takenBack, to: .undone, then: [.record, .restoreDraft]))
    },
    Mutation("a time-out that counts as refused", "5: applied, but failed") {
      $0.replace(.sending, .lostTrack) { $0.to = .failed }
    },
    Mutation("a time-out that counts as sent", "5: sent, but not applied") {
      $0.replace(.sending, .lostTrack) { $0.to = .sent }
    },
    Mutation("an end that can be edited", "4: left sent") {
      $0.rules.append(WriteMachine.Rule(.sent, .edited, to: .proposed, then: [.record]))
    },
  ])
  func aWrongTableIsCaught(mutation: Mutation) {
    var machine = WriteMachine.standard
    mutation.apply(&machine)
    #expect(machine != .standard)
    let report = WriteExplorer(machine: machine, isRepeatable: false)
      .explore(until: mutation.breaks)
    #expect(report.violations.contains(mutation.breaks))
  }

  struct Mutation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var breaks: String
    var apply: @Sendable (inout WriteMachine) -> Void

    init(
      _ name: String, _ breaks: String, _ apply: @escaping @Sendable (inout WriteMachine) -> Void
    ) {
      testDescription = name
      self.breaks = breaks
      self.apply = apply
    }
  }
}

extension WriteMachine {
  fileprivate mutating func replace(
    _ from: WriteState, _ event: WriteEvent, _ body: (inout Rule) -> Void
  ) {
    for index in rules.indices where rules[index].from == from && rules[index].event == event {
      body(&rules[index])
    }
  }
}
