import ConsoleModel
import Helpdesk

/// `sync`: brings the cache up to date, with progress.
enum SyncCommand {
  static let command = Command(
    "sync", summary: "Bring the cache up to date",
    options: [CommandOption("full", "Read everything again, also what has not changed"), .json],
    details: """
      Six phases: agents, tickets, companies, contacts, conversations, satisfaction ratings. A
      first sync begins with the tickets that were changed last. It may be stopped at any moment
      and goes on where it was. One sync runs at a time for each account; a second one says so and
      does nothing.

      A list or a thread that cannot be read is named and tried again by the next sync; the rest is
      read and kept. The exit code is 1 when a list could not be read, and 0 when only single
      threads could not. Threads of resolved and closed tickets are read by --full, and when they
      are opened.
      """
  ) { context in
    let session = try context.session()
    let reporter = SyncReporter(context.output, clock: context.clock)
    let options = SyncOptions(
      isFull: context.invocation.has("full"), threadDays: session.preferences.threadDays)
    do {
      let engine = try session.syncEngine(
        limiter: RequestLimiter(onWait: { reporter.wait(until: $0) }))
      let report = try Waiting.wait {
        try await engine.run(options) { reporter.show($0) }
      }
      reporter.finish()
      print(report, account: session.account.name, context)
      try judge(report)
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
        "failures": .array(
          (report?.failures ?? []).map {
            [
              "name": .string($0.part), "reason": .string($0.reason), "since": .time($0.since),
            ]
          }),
        "unread_threads": .array(
          (report?.unreadThreads ?? []).map {
            ["ticket": .integer($0.ticketID.rawValue), "reason": .string($0.reason)]
          }),
      ])
      return
    }
    guard let report else { return }
    for phase in phases {
      if let reason = phase.skipped {
        context.output.lines("\(phase.phase.rawValue): \(phase.fetched), left out: \(reason)")
      }
    }
    for failure in report.failures {
      context.output.note("\(failure.part): not read: \(failure.reason). \(failure.advice)")
    }
    for thread in report.unreadThreads {
      context.output.note(
        "#\(thread.ticketID): thread not read: \(thread.reason). It is tried again later.")
    }
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    context.output.lines(
      "Synced \(account): \(count(report.tickets, "ticket")) and "
        + "\(count(report.conversations, "conversation")) in \(seconds) s.")
  }

  /// Throws when a list could not be read; what was read is kept.
  private static func judge(_ report: SyncReport) throws {
    let parts = report.failures.map(\.part)
    guard !parts.isEmpty else { return }
    throw CommandFailure(
      .failed,
      "Not everything was read: \(parts.joined(separator: ", ")). What was read is kept; the next "
        + "sync tries the rest again.")
  }

  private static func json(_ phase: SyncReport.Phase) -> JSONText {
    [
      "name": .string(phase.phase.rawValue), "fetched": .integer(Int64(phase.fetched)),
      "seconds": .number((phase.seconds * 1000).rounded() / 1000), "skipped": .text(phase.skipped),
    ]
  }
}
