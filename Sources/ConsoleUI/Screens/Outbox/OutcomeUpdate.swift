import ConsoleModel
import Terminal

/// What becomes of words after their `y`, said on the status line.
extension ConsoleState {
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
    default: break
    }
  }
}
