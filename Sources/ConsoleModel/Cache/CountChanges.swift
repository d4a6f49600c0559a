import SQLite

/// Changes to the counters behind the views, gathered while a transaction runs, so that a page of
/// tickets touches each counter once.
struct CountChanges {
  struct Cell: Hashable {
    var agent: Int64
    var group: Int64
    var status: Int64
  }

  private var cells: [Cell: (tickets: Int, needing: Int)] = [:]

  mutating func add(_ cell: Cell, needsAnswer: Bool) { change(cell, by: 1, needsAnswer) }
  mutating func remove(_ cell: Cell, needsAnswer: Bool) { change(cell, by: -1, needsAnswer) }

  private mutating func change(_ cell: Cell, by amount: Int, _ needsAnswer: Bool) {
    cells[cell, default: (0, 0)].tickets += amount
    if needsAnswer { cells[cell, default: (0, 0)].needing += amount }
  }

  func apply(_ connection: Connection) throws(SQLiteError) {
    for (cell, change) in cells where change != (0, 0) {
      try connection.execute(
        """
        INSERT INTO ticket_counts VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET tickets = tickets + excluded.tickets,
          needing_answer = needing_answer + excluded.needing_answer
        """, cell.agent, cell.group, cell.status, change.tickets, change.needing)
    }
  }
}
