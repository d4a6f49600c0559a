import ConsoleModel
import Terminal

/// What becomes of words after their `y`, and of changes that the helpdesk does not take, said on the
/// status line.
extension ConsoleState {
  /// The newest single change that the helpdesk has refused, or that was stopped, since the outbox was
  /// read before. A bulk action has its own summary.
  func refusedChange(among items: [QueuedWrite]) -> QueuedWrite? {
    guard outbox.isLoaded else { return nil }
    let old = Dictionary(
      outbox.items.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    return items.last { item in
      guard case .update = item.payload, item.batch == nil else { return false }
      return item.state.isRefusal && old[item.id]?.isRefusal != true
    }
  }

  /// "#305 priority Urgent was refused: no right to do this; nothing was changed".
  mutating func sayRefusal(of write: QueuedWrite) {
    guard case .update(let update) = write.payload else { return }
    let name =
      "#\(write.ticketID) "
      + values(update).map { "\($0.field) \($0.new)" }.joined(separator: ", ")
    if write.state == .conflicted {
      say("\(name) was STOPPED: \(write.problem ?? "the ticket has moved on")", .warning)
      return
    }
    say("\(name) was refused: \(reason(of: write)); nothing was changed", .error)
  }

  private func reason(of write: QueuedWrite) -> String {
    write.problem.map { $0.isEmpty ? "no reason was given" : $0 } ?? "no reason was given"
  }

  /// ", 2 failed (#305: no right to do this; and 1 more), nothing was changed there".
  func failureWords(of progress: BatchProgress) -> String {
    guard progress.failed > 0 else { return "" }
    let items = outbox.items.filter { $0.batch == progress.batch && $0.state.needsPerson }
    var words = ", \(progress.failed) failed"
    if let first = items.first {
      words += " (#\(first.ticketID): \(reason(of: first))"
      words += items.count > 1 ? "; and \(items.count - 1) more)" : ")"
    }
    if !items.contains(where: { $0.state == .unknown }) { words += ", nothing was changed there" }
    return words + ": \(shown(.markAgain)) marks them"
  }

  /// Replies and notes that have left the outbox or now need a person; their end is read next.
  func movesOfWords(to items: [QueuedWrite]) -> [Effect] {
    let now = Dictionary(items.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    let moved = outbox.items.filter { item in
      guard item.payload.draftKind != nil, !item.state.isFinal else { return false }
      guard let state = now[item.id] else { return true }
      return state != item.state && state.needsPerson
    }
    return moved.isEmpty ? [] : [.readOutcomes(moved.map(\.id))]
  }

  /// One sentence for the newest of them. What was taken back or discarded was said already.
  mutating func sayOutcomes(of writes: [QueuedWrite]) {
    guard let write = writes.last else { return }
    let words = write.payload.draftKind?.isPublic == true ? "reply" : "private note"
    let name = "#\(write.ticketID) \(words)"
    let more = keys.shownKey(.goOutbox, in: .queue).map { "; \($0) shows it" } ?? ""
    switch write.state {
    case .sent: say("\(name) sent at \(time.clock(write.updatedAt))")
    case .conflicted:
      say(
        "\(name) STOPPED, nothing was sent: \(write.problem ?? "the ticket moved on")\(more)",
        .warning)
    case .failed: say("\(name) FAILED: \(write.problem ?? "refused")\(more)", .error)
    case .unknown:
      say("\(name): no clear answer came; looking for it in the thread\(more)", .warning)
    case .proposed, .confirmed, .queued, .sending, .rejected, .undone: break
    }
  }
}

extension WriteState {
  /// Not applied, and a person has to decide.
  fileprivate var isRefusal: Bool { self == .failed || self == .conflicted }
}
