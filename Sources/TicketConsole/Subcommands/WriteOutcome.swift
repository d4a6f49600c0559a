import ConsoleModel
import Helpdesk

/// Says what became of writes, in words, as JSON and as an exit code.
enum WriteOutcome {
  /// Prints the outcomes and throws the exit code of the worst one.
  static func report(_ writes: [QueuedWrite], _ context: CommandContext) throws {
    if context.wantsJSON {
      context.output.document(.array(writes.map(json)))
    } else {
      for write in writes where code(write) == .done {
        context.output.lines(sentence(write))
      }
    }
    let problems = writes.filter { code($0) != .done }
    guard let worst = problems.map(code).max(by: { rank($0) < rank($1) }) else { return }
    throw CommandFailure(worst, problems.map(sentence).joined(separator: "\n"))
  }

  static func json(_ write: QueuedWrite) -> JSONText {
    [
      "id": .integer(write.id.rawValue),
      "batch": write.batch.map { .integer($0.rawValue) } ?? .null,
      "ticket_id": .integer(write.ticketID.rawValue), "kind": .string(write.payload.kind),
      "state": .string(write.state.rawValue), "attempts": .integer(Int64(write.attempts)),
      "created_at": .time(write.createdAt), "hold_until": .time(write.holdUntil),
      "remote_id": write.remoteID.map(JSONText.integer) ?? .null, "error": .text(write.problem),
      "subject": .string(write.payload.subject), "updated_at": .time(write.updatedAt),
      "waiting_for": .text(write.waitingFor?.rawValue), "given_up": .flag(write.isGivenUp),
    ]
  }

  static func code(_ write: QueuedWrite) -> ExitCode {
    switch write.state {
    case .sent, .confirmed, .sending: .done
    case .rejected, .undone, .proposed: .refused
    case .failed, .conflicted: .failed
    case .unknown: .outcomeUnknown
    case .queued:
      switch write.waitingFor {
      case .offline: .offline
      case .helpdesk: .failed
      case .stopped, .readOnly: .refused
      case .limit, .turn, nil: .done
      }
    }
  }

  /// One sentence: what happened, what was kept, what to do.
  static func sentence(_ write: QueuedWrite) -> String {
    let what = "#\(write.ticketID): the \(name(write.payload))"
    let item = "Item \(write.id) of the outbox"
    let problem = write.problem.map { " (\($0))" } ?? ""
    switch write.state {
    case .sent:
      return write.remoteID.map { "\(what) has been sent; it is entry \($0)." }
        ?? "\(what) has been made."
    case .confirmed:
      return "\(what) is held and leaves afterwards. \(item) can be undone: "
        + "ticket-console outbox undo \(write.id)"
    case .sending: return "\(what) is on its way."
    case .queued:
      switch write.waitingFor {
      case .offline:
        return "\(what) waits for the line\(problem). Nothing is lost; it leaves with the next "
          + "console or with: ticket-console flush"
      case .helpdesk: return "\(what) waits: the helpdesk does not take it now\(problem)."
      case .stopped: return "\(what) waits: the stop switch is on. \(item) is kept."
      case .readOnly: return "\(what) waits: the account is read-only. \(item) is kept."
      case .limit, .turn, nil: return "\(what) is queued."
      }
    case .conflicted:
      return "\(what) was stopped: \(conflict(write)). Nothing was sent. Look at the ticket, then: "
        + "ticket-console outbox send \(write.id), or discard \(write.id)"
    case .failed:
      return
        "\(what) was refused\(problem). Nothing was applied. \(item) is kept; retry or discard "
        + "it."
    case .unknown:
      guard write.looksLeft == 0 || write.isGivenUp else {
        return "\(what) may or may not have been applied\(problem); it is being looked for at the "
          + "helpdesk. Do not send it again; see: ticket-console outbox"
      }
      return
        "\(what) may or may not have been applied\(problem); it was not found at the helpdesk. "
        + "It is never sent again by itself. Look at the ticket, then: ticket-console outbox send "
        + "\(write.id), or discard \(write.id)"
    case .proposed: return "\(what) waits for a confirmation. \(item) is kept."
    case .rejected: return "\(what) was discarded."
    case .undone: return "\(what) was taken back; its words are a draft of the ticket again."
    }
  }

  static func name(_ payload: WritePayload) -> String {
    switch payload {
    case .reply: "public reply"
    case .privateNote: "private note"
    case .update: "change"
    }
  }

  private static func conflict(_ write: QueuedWrite) -> String {
    guard let conflict = write.conflict else { return write.problem ?? "the ticket has moved on" }
    var clauses = conflict.reason.map { [$0] } ?? []
    if !conflict.entries.isEmpty {
      clauses.append("\(conflict.entries.count) new in the thread")
    }
    clauses += conflict.fields.map { "\($0.field) is now \($0.now)" }
    return clauses.isEmpty ? "the ticket has moved on" : clauses.joined(separator: ", ")
  }

  private static func rank(_ code: ExitCode) -> Int {
    switch code {
    case .done: 0
    case .refused: 1
    case .offline: 2
    case .failed: 3
    case .notSignedIn, .wrongUsage: 4
    case .outcomeUnknown: 5
    }
  }
}
