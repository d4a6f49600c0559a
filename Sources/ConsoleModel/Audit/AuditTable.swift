import Helpdesk
import SQLite

/// The audit's records inside the journal, written in the same transaction as what they tell of.
struct AuditTable {
  let connection: Connection

  /// Adds a record to the chain. Call inside a transaction.
  func append(
    _ action: AuditRecord.Action, at moment: Timestamp, who: String, sentence: String
  ) throws(SQLiteError) {
    let last = try connection.first(
      "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"
    ) { row throws(SQLiteError) in (try row.int(0), try row.string(1)) }
    let record = AuditRecord(
      number: (last?.0 ?? 0) + 1, at: moment, action: action, who: who, sentence: sentence)
    let hash = AuditRecord.hash(of: record.text, after: last?.1 ?? AuditRecord.origin)
    try connection.execute(
      "INSERT INTO audit (number, hash, record) VALUES (?, ?, ?)", record.number, hash,
      record.text)
  }

  var count: Int {
    get throws(SQLiteError) {
      try connection.first("SELECT max(number) FROM audit") { row throws(SQLiteError) in
        try row.optionalInt(0) ?? 0
      } ?? 0
    }
  }

  /// How many records are in the file for certain, with fsync.
  var writtenCount: Int {
    get throws(SQLiteError) {
      try connection.first("SELECT written FROM audit_file") { row throws(SQLiteError) in
        try row.int(0)
      } ?? 0
    }
  }

  /// Notes how far the file has got. Without fsync, to spare the disk: after a power cut the number
  /// may be too low, never too high. Call outside a transaction.
  func noteWritten(_ count: Int) throws(SQLiteError) {
    try connection.execute("PRAGMA synchronous = NORMAL")
    defer { _ = try? connection.execute("PRAGMA synchronous = FULL") }
    try connection.execute("UPDATE audit_file SET written = ? WHERE written < ?", count, count)
  }

  /// Notes that the file has to be written anew from its beginning.
  func noteLost() throws(SQLiteError) {
    try connection.execute("UPDATE audit_file SET written = 0")
  }

  /// A record's line in the file, without the line end.
  func line(_ number: Int) throws(SQLiteError) -> String? {
    try connection.first("SELECT hash || ' ' || record FROM audit WHERE number = ?", number) {
      row throws(SQLiteError) in try row.string(0)
    }
  }

  /// Records before a number, newest first.
  func records(before number: Int, limit: Int) throws(SQLiteError) -> [AuditRecord] {
    let texts = try connection.query(
      "SELECT record FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?", number, limit
    ) { row throws(SQLiteError) in try row.string(0) }
    return texts.compactMap { AuditRecord(text: $0) }
  }

  func lines(after number: Int) throws(SQLiteError) -> [String] {
    try connection.query(
      "SELECT hash || ' ' || record FROM audit WHERE number > ? ORDER BY number", number
    ) { row throws(SQLiteError) in try row.string(0) }
  }
}
