import ConsoleModel
import Testing

@Suite struct WriteMachineTests {
  /// Every line of the table, as one would write it down.
  @Test func theTableSaysExactlyThis() {
    let lines = WriteMachine.standard.rules.map { rule in
      let needs = WriteFact.allCases.filter(rule.needs.contains).map(\.rawValue)
      return "\(rule.from) + \(rule.event) -> \(rule.to)"
        + (needs.isEmpty ? "" : " if " + needs.joined(separator: ", "))
        + ": " + rule.steps.map(\.rawValue).joined(separator: ", ")
    }
    let expected = """
      proposed + confirmed -> confirmed if digestMatches: record, storeConfirmation, startHold
      proposed + discarded -> rejected: record, takeBackFollowers
      conflicted + discarded -> rejected: record, takeBackFollowers
      failed + discarded -> rejected: record, takeBackFollowers
      confirmed + takenBack -> undone: record, restoreDraft, takeBackFollowers
      queued + takenBack -> undone: record, restoreDraft, takeBackFollowers
      failed + retried -> queued: record
      unknown + lookedAgain -> unknown: record, scheduleLooks
      unknown + sentAgain -> unknown: record, markGivenUp, takeBackFollowers, proposeRepeat, askPerson
      unknown + gaveUp -> unknown: record, markGivenUp, takeBackFollowers
      proposed + edited -> proposed: record, keepOldRevision, voidConfirmation, takeBackFollowers, askPerson
      confirmed + edited -> proposed: record, keepOldRevision, voidConfirmation, takeBackFollowers, askPerson
      queued + edited -> proposed: record, keepOldRevision, voidConfirmation, takeBackFollowers, askPerson
      conflicted + edited -> proposed: record, keepOldRevision, voidConfirmation, takeBackFollowers, askPerson
      failed + edited -> proposed: record, keepOldRevision, voidConfirmation, takeBackFollowers, askPerson
      confirmed + holdEnded -> queued if holdIsOver, mayWrite: record
      queued + foundStale -> conflicted if isSender: record, askPerson
      queued + claimed -> sending if digestMatches, isSender, mayWrite, isRightAccount, isItsTurn: record, logIntent, send
      sending + accepted -> sent: record, storeRemoteID, logOutcome, releaseFollowers, refetchTicket
      sending + refused -> failed: record, logOutcome, askPerson
      sending + postponed -> failed: record, logOutcome
      failed + waitBegan -> queued if mayReturn: record
      sending + lostTrack -> unknown: record, logOutcome, scheduleLooks
      sending + ownerGone -> unknown: record, logOutcome, scheduleLooks
      unknown + foundApplied -> sent: record, storeRemoteID, logOutcome, releaseFollowers, refetchTicket
      unknown + notFound -> unknown: record, markNotFound, askPerson
      unknown + foundMissing -> queued if mayReturn, isRepeatable: record
      """
    #expect(lines.joined(separator: "\n") == expected)
  }

  @Test func nothingLeadsOutOfAnEnd() {
    for state in WriteState.allCases where state.isFinal {
      for event in WriteEvent.allCases {
        #expect(
          WriteMachine.standard.answer(from: state, to: event, facts: Set(WriteFact.allCases))
            == .refused(.noSuchMove(from: state, event: event)))
      }
    }
  }

  @Test func eachGuardAloneHoldsAWriteBack() {
    for rule in WriteMachine.standard.rules {
      for need in rule.needs {
        let others = Set(WriteFact.allCases).subtracting([need])
        #expect(
          WriteMachine.standard.answer(from: rule.from, to: rule.event, facts: others)
            == .refused(.missing(need)))
      }
      #expect(
        WriteMachine.standard.answer(from: rule.from, to: rule.event, facts: rule.needs)
          == .move(to: rule.to, steps: rule.steps))
    }
  }

  @Test func onlyOneLineSendsAndItRecordsAndLogsFirst() {
    let sending = WriteMachine.standard.rules.filter { $0.steps.contains(.send) }
    #expect(sending.map(\.steps) == [[.record, .logIntent, .send]])
    #expect(sending.map(\.to) == [.sending])
  }
}
