import ConsoleModel
import Helpdesk
import Synchronization

/// Says on standard error how far writes have come.
final class WriteProgress: Sendable {
  private let output: CommandOutput
  private let last = Mutex("")

  init(_ output: CommandOutput) { self.output = output }

  /// Called from any thread, when something has moved.
  func show(_ writes: [QueuedWrite]) {
    let words = Self.words(writes)
    let isNew = last.withLock { last in
      defer { last = words }
      return last != words
    }
    guard isNew, !words.isEmpty else { return }
    if output.hasErrorTerminal {
      output.errorText("\r\(words)\u{1B}[K")
    } else {
      output.note(words)
    }
  }

  func finish() {
    if output.hasErrorTerminal, last.withLock({ !$0.isEmpty }) { output.errorText("\r\u{1B}[K") }
  }

  private static func words(_ writes: [QueuedWrite]) -> String {
    let waiting = writes.filter { !$0.state.isFinal && !$0.state.needsPerson }
    if writes.count > 1 {
      return "\(writes.count - waiting.count) of \(writes.count) done"
    }
    guard let first = waiting.first else { return "" }
    switch first.state {
    case .confirmed:
      return first.holdUntil.map { "held until \($0); Ctrl-C takes it back" } ?? "queued"
    case .queued:
      guard first.waitingFor == .limit else { return "queued" }
      return "waiting for the request limit"
        + (first.notBefore.map { " until \($0); Ctrl-C takes it back" } ?? "")
    case .sending: return "sending"
    default: return "no clear answer; looking for it at the helpdesk"
    }
  }
}
