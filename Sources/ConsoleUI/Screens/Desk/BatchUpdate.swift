import ConsoleModel
import Helpdesk
import Terminal

/// Since when a bulk action has been watched, and how much of it was done then.
struct BatchStart: Equatable, Sendable {
  var batch: BatchID
  var at: Moment
  var done: Int
}

extension BatchProgress {
  /// Changes that have come to an end, whatever end it was.
  var done: Int { sent + failed + undone }
}

extension ConsoleState {
  /// How a bulk action comes along: "bulk 64/421, 5 min left", and what it waits for. Nil when none
  /// runs.
  func bulkWords(long: Bool) -> String? {
    guard let batch, batch.waiting > 0 else { return nil }
    var words = "bulk \(batch.done)/\(batch.total)"
    if let seconds = bulkSecondsLeft {
      let time = seconds < 100 ? "\(seconds) s" : "\((seconds + 59) / 60) min"
      words += long ? ", \(time) left" : " \(time)"
    }
    guard long else { return words }
    switch desk.link {
    case .limited(let until): words += ", waiting for the rate limit until \(time.clock(until))"
    case .offline: words += ", waiting for the connection"
    case .connecting, .online, .failing, .signedOut: break
    }
    return words
  }

  /// Seconds that the rest will take at the pace so far; nil while there is none.
  private var bulkSecondsLeft: Int64? {
    guard let batch, let start = batchStart, start.batch == batch.batch else { return nil }
    let done = Int64(batch.done - start.done)
    let elapsed = (now.milliseconds - start.at.milliseconds) / 1000
    guard done > 2, elapsed > 4 else { return nil }
    return max(1, elapsed * Int64(batch.waiting) / done)
  }

  /// Ctrl-c: the bulk action that runs first, else the reading that somebody waits for.
  mutating func stopWhatRuns() -> [Effect] {
    if let batch, batch.waiting > 0 {
      say("stopping the bulk action")
      return [.stopBatch(batch.batch)]
    }
    guard desk.syncing != nil || thread.isFetching else {
      say("nothing is running; \(shown(.quit)) quits")
      return []
    }
    say("stopped the sync; what was read is kept")
    return [.stopWaiting]
  }

  mutating func takeStopped(_ result: Result<Int, CallFailure>) -> [Effect] {
    switch result {
    case .failure(let failure): say(failure.sentence, .error)
    case .success(let count):
      say(
        count == 0
          ? "the bulk action had ended already"
          : "bulk action stopped: \(Digits.count(count, "change")) taken back; "
            + "what was sent stays, and \(shown(.undo)) undoes it")
    }
    return [.loadOutbox]
  }
}
