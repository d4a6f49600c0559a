import CSQLite

/// A compiled statement of one connection. Kept in the connection's cache between uses.
final class Statement {
  let handle: OpaquePointer
  /// Taken by a running query: a second query with the same text compiles its own.
  var isRunning = false

  init(_ sql: String, database: OpaquePointer) throws(SQLiteError) {
    var compiled: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, nil)
    guard code == SQLITE_OK, let compiled else {
      throw Connection.error(code == SQLITE_OK ? SQLITE_MISUSE : code, database)
    }
    handle = compiled
  }

  deinit { sqlite3_finalize(handle) }

  func bind(_ arguments: [any SQLBindable], database: OpaquePointer) throws(SQLiteError) {
    guard Int(sqlite3_bind_parameter_count(handle)) == arguments.count else {
      throw .failed(
        code: Int(SQLITE_RANGE), message: "the number of arguments does not fit the statement")
    }
    for (position, argument) in arguments.enumerated() {
      let code = bind(argument.sqlValue, at: Int32(position + 1))
      guard code == SQLITE_OK else { throw Connection.error(code, database) }
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let number): sqlite3_bind_int64(handle, index, number)
    case .real(let number): sqlite3_bind_double(handle, index, number)
    case .text(var text):
      text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          // An empty Swift string has no address; SQLite would take that for NULL.
          characters.baseAddress.map {
            csqlite_bind_text(handle, index, $0, Int32(clamping: characters.count))
          } ?? csqlite_bind_text(handle, index, "", 0)
        }
      }
    case .blob(let bytes):
      bytes.withUnsafeBytes { buffer in
        buffer.isEmpty
          ? sqlite3_bind_zeroblob(handle, index, 0)
          : csqlite_bind_blob(handle, index, buffer.baseAddress, Int32(clamping: buffer.count))
      }
    }
  }

  /// Steps to the next row; false at the end.
  func step(database: OpaquePointer) throws(SQLiteError) -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw Connection.error(code, database)
    }
  }

  /// Forgets the arguments as well, so that no text of a customer stays in memory.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    isRunning = false
  }
}
