import ConsoleModel
import Helpdesk

/// Waits for queued writes on behalf of a command and reports what became of them.
enum WriteWaiting {
  static let noWait = CommandOption("no-wait", "Leave it queued instead of waiting for its outcome")

  /// Refuses before anything is written where no change may leave.
  static func checkMayWrite(_ session: AccountSession) throws {
    guard !session.account.isReadOnly else {
      throw CommandFailure(
        .refused, "The account \"\(session.account.name)\" is read-only here. Nothing was queued.")
    }
  }

  /// Waits for the outcome, unless the person asked not to.
  static func finish(
    _ ids: [WriteID], _ session: AccountSession, _ context: CommandContext
  ) throws {
    guard !context.invocation.has("no-wait") else {
      let queued = try Waiting.wait {
        var writes: [QueuedWrite] = []
        for id in ids {
          if let write = try await session.journal.write(id) { writes.append(write) }
        }
        return writes
      }
      try WriteOutcome.report(queued, context)
      return
    }
    let progress = WriteProgress(context.output)
    let brake = InterruptBrake(ids, session.journal)
    do {
      let writes = try Waiting.wait {
        try await OutboxRun(session).settle(ids) { progress.show($0) }
      }
      brake.release()
      progress.finish()
      try WriteOutcome.report(writes, context)
    } catch {
      brake.release()
      progress.finish()
      let failure = CommandFailure(for: error)
      throw failure.code == .notSignedIn
        ? CommandFailure(failure.code, failure.sentence + " What you wrote is kept in the outbox.")
        : failure
    }
  }
}
