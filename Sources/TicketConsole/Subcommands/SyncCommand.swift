import ConsoleModel
import Helpdesk

/// `sync`: brings the cache up to date, with progress.
enum SyncCommand {
  static let command = Command(
    "sync", summary: "Bring the cache up to date",
    options: [CommandOption("full", "Read everything again, also what has not changed"), .json],
    details: """
      Six phases: companies, contacts, agents, tickets, conversations, satisfaction ratings. It
      may be stopped at any moment and goes on where it was. One sync runs at a time for each
      account; a second one says so and does nothing.
      """
  ) { context in
    let session = try context.session()
    let reporter = SyncReporter(context.output)
    let options = SyncOptions(
      isFull: context.invocation.has("full"), threadDays: session.preferences.threadDays)
    do {
      let engine = try session.syncEngine(limiter: RequestLimiter())
      let report = try Waiting.wait {
        try await engine.run(options) { reporter.show($0) }
      }
      reporter.finish()
      print(report, account: session.account.name, context)
    } catch let error as SyncError {
      reporter.finish()
      guard case .alreadyRunning = error else { throw CommandFailure(for: error) }
      context.output.note(error.sentence)
      if context.wantsJSON {
        print(nil, account: session.account.name, context)
      }
    } catch {
      reporter.finish()
      throw CommandFailure(for: error)
    }
  }

  /// Nil when another sync runs already.
  private static func print(_ report: SyncReport?, account: String, _ context: CommandContext) {
    let phases = report?.phases ?? []
    let seconds = ((report?.seconds ?? 0) * 1000).rounded() / 1000
    if context.wantsJSON {
      context.output.document([
        "account": .string(account), "phases": .array(phases.map(json)),
        "tickets": .integer(Int64(report?.tickets ?? 0)),
        "conversations": .integer(Int64(report?.conversations ?? 0)),
        "seconds": .number(seconds), "already_running": .flag(report == nil),
      ])
      return
    }
    guard let report else { return }
    for phase in phases {
      if let reason = phase.skipped {
        context.output.lines("\(phase.phase.rawValue): \(phase.fetched), left out: \(reason)")
      }
    }
    context.output.lines(
      "Synced \(account): \(report.tickets) tickets and \(report.conversations) conversations in "
        + "\(seconds) s.")
  }

  private static func json(_ phase: SyncReport.Phase) -> JSONText {
    [
      "name": .string(phase.phase.rawValue), "fetched": .integer(Int64(phase.fetched)),
      "seconds": .number((phase.seconds * 1000).rounded() / 1000), "skipped": .text(phase.skipped),
    ]
  }
}
