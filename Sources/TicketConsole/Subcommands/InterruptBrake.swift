import ConsoleModel
import Dispatch
import Glibc

/// Makes Ctrl-C take back what is still held, for as long as a command waits.
///
/// What has left already cannot be called back; then Ctrl-C only ends the waiting, and what is
/// queued stays in the outbox.
final class InterruptBrake {
  private let source: any DispatchSourceSignal

  init(_ ids: [WriteID], _ journal: Journal) {
    // The source only sees the signal when the program does not die of it.
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(
      signal: SIGINT, queue: DispatchQueue(label: "interrupt"))
    source.setEventHandler {
      Task {
        var taken = 0
        for id in ids {
          guard let write = try? await journal.write(id),
            write.state == .confirmed || write.state == .queued,
            (try? await journal.undo(id))?.takenBack.isEmpty == false
          else { continue }
          taken += 1
        }
        let output = CommandOutput()
        output.note(
          taken > 0
            ? "\nTaken back before it left. Words are kept as the draft of their ticket."
            : "\nIt has left or is leaving; it stays in the outbox and cannot be called back.")
        exit(taken > 0 ? ExitCode.refused.rawValue : ExitCode.outcomeUnknown.rawValue)
      }
    }
    source.activate()
  }

  /// Gives Ctrl-C its usual meaning back.
  func release() {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
