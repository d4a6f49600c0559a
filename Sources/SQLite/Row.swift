import CSQLite

/// The row under a running statement. Valid only inside the closure that it is handed to.
public struct Row {
  let handle: OpaquePointer

  public var columnCount: Int { Int(sqlite3_column_count(handle)) }

  public func columnName(_ index: Int) -> String {
    sqlite3_column_name(handle, Int32(index)).map { String(cString: $0) } ?? "\(index)"
  }

  public func isNull(_ index: Int) -> Bool {
    sqlite3_column_type(handle, Int32(index)) == SQLITE_NULL
  }

  public func int64(_ index: Int) throws(SQLiteError) -> Int64 {
    guard sqlite3_column_type(handle, Int32(index)) == SQLITE_INTEGER else {
      throw mismatch(index, "an integer")
    }
    return sqlite3_column_int64(handle, Int32(index))
  }

  public func int(_ index: Int) throws(SQLiteError) -> Int { Int(try int64(index)) }

  public func bool(_ index: Int) throws(SQLiteError) -> Bool { try int64(index) != 0 }

  /// A real number, or an integer taken as one.
  public func double(_ index: Int) throws(SQLiteError) -> Double {
    let type = sqlite3_column_type(handle, Int32(index))
    guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else {
      throw mismatch(index, "a number")
    }
    return sqlite3_column_double(handle, Int32(index))
  }

  /// Text as it was stored, a NUL inside included; broken UTF-8 is repaired with U+FFFD.
  public func string(_ index: Int) throws(SQLiteError) -> String {
    guard sqlite3_column_type(handle, Int32(index)) == SQLITE_TEXT else {
      throw mismatch(index, "text")
    }
    return text(index)
  }

  public func blob(_ index: Int) throws(SQLiteError) -> [UInt8] {
    guard sqlite3_column_type(handle, Int32(index)) == SQLITE_BLOB else {
      throw mismatch(index, "bytes")
    }
    let start = sqlite3_column_blob(handle, Int32(index))
    let count = Int(sqlite3_column_bytes(handle, Int32(index)))
    return Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  public func optionalInt64(_ index: Int) throws(SQLiteError) -> Int64? {
    isNull(index) ? nil : try int64(index)
  }

  public func optionalInt(_ index: Int) throws(SQLiteError) -> Int? {
    isNull(index) ? nil : try int(index)
  }

  public func optionalString(_ index: Int) throws(SQLiteError) -> String? {
    isNull(index) ? nil : try string(index)
  }

  /// Whatever the column holds.
  public func value(_ index: Int) -> SQLValue {
    let column = Int32(index)
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT: return .text(text(index))
    case SQLITE_BLOB: return .blob((try? blob(index)) ?? [])
    default: return .null
    }
  }

  private func text(_ index: Int) -> String {
    // The text is asked for before its length: the call may convert it.
    guard let start = sqlite3_column_text(handle, Int32(index)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(index)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  private func mismatch(_ index: Int, _ expected: String) -> SQLiteError {
    .decoding(column: columnName(index), expected: expected)
  }
}
