import Helpdesk
import SQLite

/// A user may change a field that shows an own change which has not been sent yet. Where that one
/// never reaches the helpdesk, the values below it are what the user's change was made over.
extension WriteTable {
  /// The values before a change, seen through the own changes that lay over the ticket when this one
  /// was made and were not applied.
  func base(of write: QueuedWrite) throws -> TicketChange {
    guard case .update(let update) = write.payload else { return TicketChange() }
    let chain = OwnChain(writes: self, earlier: try unsent(before: write))
    return TicketChange(
      status: try chain.value(\.status, below: write.id, update),
      priority: try chain.value(\.priority, below: write.id, update),
      type: try chain.value(\.type, below: write.id, update),
      agentID: try chain.value(\.agentID, below: write.id, update),
      groupID: try chain.value(\.groupID, below: write.id, update),
      // Tags are merged by what was added and removed, so what lay below does not matter.
      tags: update.before.tags)
  }

  /// The ticket's earlier changes that were not applied, newest first.
  private func unsent(before write: QueuedWrite) throws -> [QueuedWrite] {
    try select(
      "account = ? AND ticket_id = ? AND id < ? AND kind = 'update' AND state <> 'sent'",
      [write.account, write.ticketID.rawValue, write.id.rawValue], order: "id DESC LIMIT 100")
  }

  /// The number of the move since which a write has its values: its proposal or its last edit.
  fileprivate func making(of id: WriteID) throws -> Int64 {
    try integer(
      "SELECT coalesce(max(id), 0) FROM transitions WHERE write = ? AND event IN ('proposed', 'edited')",
      id)
  }

  /// Whether a write lay over its ticket just before a move of the journal. The order of the moves
  /// counts and no clock.
  fileprivate func wasShown(_ write: QueuedWrite, at move: Int64) throws -> Bool {
    guard let last = try lastMove(of: write.id, before: move), last.isPending else { return false }
    guard let parent = write.follows else { return true }
    guard let words = try lastMove(of: parent, before: move) else { return false }
    return words.isPending || words.state == .sent
  }

  private func lastMove(of id: WriteID, before move: Int64) throws -> Move? {
    try connection.first(
      "SELECT to_state, event FROM transitions WHERE write = ? AND id < ? ORDER BY id DESC LIMIT 1",
      id.rawValue, move
    ) { row throws(SQLiteError) in
      guard let state = WriteState(rawValue: try row.string(0)) else {
        throw .decoding(column: "to_state", expected: "a state of a write")
      }
      return Move(state: state, event: try row.string(1))
    }
  }
}

/// The own changes of a ticket that were not applied, each over what was shown when it was made.
private struct OwnChain {
  let writes: WriteTable
  /// Newest first.
  let earlier: [QueuedWrite]

  /// The value of a field before a change, below the own values that it was made over.
  func value<Value: Equatable>(
    _ field: KeyPath<TicketChange, Value?>, below id: WriteID, _ update: UpdateContent
  ) throws -> Value? {
    guard var value = update.before[keyPath: field] else { return nil }
    var made = try writes.making(of: id)
    for own in earlier {
      guard case .update(let shown) = own.payload, shown.change[keyPath: field] == .some(value),
        let below = shown.before[keyPath: field], try writes.wasShown(own, at: made)
      else { continue }
      value = below
      made = try writes.making(of: own.id)
    }
    return value
  }
}

/// A move of a write in its history.
private struct Move {
  var state: WriteState
  var event: String

  /// Whether the write lies over its ticket after this move, as `Journal.pending` counts it.
  var isPending: Bool {
    switch state {
    case .confirmed, .queued, .sending: true
    // Given up, or repeated by a second copy.
    case .unknown: event != WriteEvent.gaveUp.rawValue && event != WriteEvent.sentAgain.rawValue
    case .proposed, .sent, .rejected, .undone, .conflicted, .failed: false
    }
  }
}

extension Journal {
  /// The values before a change, seen through the own changes that it was made over and that were not
  /// applied.
  func base(of write: QueuedWrite) async throws(JournalError) -> TicketChange {
    guard case .update = write.payload else { return TicketChange() }
    return try await perform { connection in
      try connection.transaction(.deferred) {
        try WriteTable(connection: connection).base(of: write)
      }
    }
  }
}

extension UpdateContent {
  /// The same change by somebody who also knows the values below: a field that the ticket shows as it
  /// was below has not been changed by anybody else.
  func accepting(_ base: TicketChange, shownBy ticket: Ticket) -> UpdateContent {
    var update = self
    if base.status == ticket.status { update.before.status = base.status }
    if base.priority == ticket.priority { update.before.priority = base.priority }
    if base.type == .some(ticket.type) { update.before.type = base.type }
    if base.agentID == .some(ticket.agentID) { update.before.agentID = base.agentID }
    if base.groupID == .some(ticket.groupID) { update.before.groupID = base.groupID }
    return update
  }
}
