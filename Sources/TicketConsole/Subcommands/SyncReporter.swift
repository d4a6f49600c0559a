import ConsoleModel
import Helpdesk
import Synchronization

/// Shows how far a sync has come: a bar that is painted over on a terminal, lines elsewhere.
final class SyncReporter: Sendable {
  private let output: CommandOutput
  private let state = Mutex(State())

  private struct State {
    var last: SyncProgress?
    var lastPaint: ContinuousClock.Instant?
    var hasBar = false
  }

  private let clock: any ConsoleClock

  init(_ output: CommandOutput, clock: any ConsoleClock) {
    self.output = output
    self.clock = clock
  }

  /// Says what the sync waits for while this program holds requests back to keep within the limit.
  func wait(until moment: Timestamp?) {
    guard let moment, moment > clock.now + 1 else { return }
    state.withLock { state in
      guard var progress = state.last else { return }
      progress.pause = "waiting for the rate limit until \(moment)"
      if output.hasErrorTerminal {
        state.lastPaint = nil
        paint(progress, &state)
      } else {
        output.note(words(progress))
      }
    }
  }

  /// Called from any thread, about once a page.
  func show(_ progress: SyncProgress) {
    state.withLock { state in
      if output.hasErrorTerminal { paint(progress, &state) } else { line(progress, &state) }
      state.last = progress
    }
  }

  /// Takes the bar away, or writes the last phase's line.
  func finish() {
    state.withLock { state in
      if state.hasBar {
        output.errorText("\r\u{1B}[K")
      } else if let last = state.last {
        output.note(words(last))
      }
      state = State()
    }
  }

  /// At most ten times a second.
  private func paint(_ progress: SyncProgress, _ state: inout State) {
    let now = ContinuousClock.now
    if let last = state.lastPaint, now - last < .milliseconds(100),
      state.last?.phase == progress.phase
    {
      return
    }
    state.lastPaint = now
    state.hasBar = true
    let all = SyncPhase.allCases
    let done = all.firstIndex(of: progress.phase) ?? 0
    let bar =
      String(repeating: "#", count: done * 3)
      + String(
        repeating: "-", count: (all.count - done) * 3)
    output.errorText("\r[\(bar)] \(words(progress))\u{1B}[K")
  }

  /// A line when a phase is over, and when there is a reason to wait.
  private func line(_ progress: SyncProgress, _ state: inout State) {
    if let last = state.last, last.phase != progress.phase {
      output.note(words(last))
    } else if progress.pause != nil {
      output.note(words(progress))
    }
  }

  private func words(_ progress: SyncProgress) -> String { progress.words(at: clock.now) }
}
