import ConsoleModel
import Helpdesk
import Terminal

/// The brakes of the account: the stop switch, read-only mode, and an audit log that cannot be kept.
extension ConsoleState {
  static let readOnlyReason =
    "read-only mode: nothing is written (see --read-only, or read_only of the account)"

  /// Stopping is harmless and needs no question, wherever it is pressed; letting go on asks.
  mutating func turnStopSwitch() -> [Effect] {
    guard desk.isStopped else { return [.setStopped(true)] }
    guard dialogs.isEmpty else {
      let key = keys.shownKey(.stopSending, in: .queue) ?? ":stop off"
      say("sending is stopped; leave this box first, then \(key) lets it go on", .warning)
      return []
    }
    return askToGoOn()
  }

  /// `:stop`, `:stop on` and `:stop off`; nil for other words.
  mutating func turnStopSwitch(_ argument: String) -> [Effect]? {
    switch argument {
    case "", "on":
      closeDialog()
      return [.setStopped(true)]
    case "off":
      closeDialog()
      guard desk.isStopped else {
        say("sending is not stopped")
        return []
      }
      return askToGoOn()
    default: return nil
    }
  }

  private mutating func askToGoOn() -> [Effect] {
    let waiting = outbox.items.filter { !$0.state.isFinal && !$0.state.needsPerson }
    let replies = waiting.count { $0.isPublic }
    var lines = [
      TextRun("After y every window and command of \(directory.account.name) sends again.")
    ]
    if waiting.isEmpty {
      lines.append(TextRun("Nothing waits in the outbox."))
    } else {
      lines.append(
        TextRun(
          "\(Digits.count(waiting.count, "item")) in the outbox will leave"
            + (replies > 0
              ? ", \(replies == 1 ? "1 of them a reply" : "\(replies) of them replies") to customers."
              : "."),
          .warning))
    }
    return open(
      .question(
        Question(
          title: "LET SENDING GO ON?", lines: lines, yes: "y let it go on",
          action: .letSendingGoOn)))
  }

  mutating func takeStopTurned(_ isOn: Bool, _ result: Result<Void, CallFailure>) -> [Effect] {
    switch result {
    case .failure(let failure): say(failure.sentence, .error)
    case .success:
      let key = keys.shownKey(.stopSending, in: .queue) ?? ":stop off"
      say(
        isOn
          ? "nothing of this account is sent now; \(key) lets it go on"
          : "sending goes on", isOn ? .warning : .statusBar)
    }
    return [.loadDesk, .loadOutbox]
  }

  /// Words that stay in the status line while a brake is on, whatever else is there.
  var brakeWords: String? {
    if desk.isStopped {
      guard size.width >= 100, let key = keys.shownKey(.stopSending, in: .queue) else {
        return "SENDING STOPPED"
      }
      return "SENDING STOPPED: \(key) lets it go on"
    }
    if desk.sendingProblem != nil { return "SENDING BLOCKED" }
    return directory.account.isReadOnly ? "READ-ONLY" : nil
  }

  /// What holds everything back, in a sentence that says what to do; nil when nothing does.
  var brakeSentence: String? {
    if desk.isStopped {
      let key = keys.shownKey(.stopSending, in: .queue) ?? ":stop off"
      return "All sending is stopped by the stop switch, in every window of this account. "
        + "\(key) lets it go on."
    }
    if let problem = desk.sendingProblem { return problem }
    return directory.account.isReadOnly
      ? "Read-only mode: what is in the outbox stays there and nothing can be added." : nil
  }
}
