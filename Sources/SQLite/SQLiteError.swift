/// Why SQLite, or the reading of what it holds, failed. Never carries an argument of a statement.
public enum SQLiteError: Error, Equatable, Sendable {
  /// SQLite's extended result code and its words.
  case failed(code: Int, message: String)
  /// A column did not hold what was asked of it.
  case decoding(column: String, expected: String)
  /// The file was written by a newer version of the program: it knows more migrations.
  case newerFile(found: Int, known: Int)
  /// The file is a database of something else (its application id).
  case foreignFile

  /// The primary result code, without the extension; 0 where SQLite itself did not fail.
  public var primaryCode: Int {
    if case .failed(let code, _) = self { return code & 0xff }
    return 0
  }

  /// The file is damaged or is no database: `SQLITE_CORRUPT` or `SQLITE_NOTADB`.
  public var isDamage: Bool { primaryCode == 11 || primaryCode == 26 }
  /// The file lacks what the program's own statements name, or holds what they never wrote: its
  /// schema or a row was changed from outside.
  public var contradictsSchema: Bool {
    switch self {
    case .decoding: true
    case .failed(_, let message): primaryCode == 1 && message.hasPrefix("no such")
    case .newerFile, .foreignFile: false
    }
  }
  /// SQLite or the program's own statements can make nothing of the file: `SQLITE_ERROR`, as for an
  /// unknown format in its header.
  public var isUnusableFile: Bool { contradictsSchema || primaryCode == 1 }
  /// Another connection holds the lock longer than the busy timeout.
  public var isBusy: Bool { primaryCode == 5 || primaryCode == 6 }
  /// The disk is full.
  public var isDiskFull: Bool { primaryCode == 13 }
  /// The disk did not read, write or sync what it was asked to.
  public var isDiskFailure: Bool { primaryCode == 10 }
  /// The file or its folder cannot be written.
  public var isReadOnly: Bool { primaryCode == 8 || primaryCode == 14 }
  /// The full-text module does not take the expression; its words are not quoted here.
  public var isRefusedQuery: Bool {
    if case .failed(_, let message) = self { return message == Self.refusedQuery }
    return false
  }
  static let refusedQuery = "full-text query refused"
  /// A constraint of a table refused the change.
  public var isConstraint: Bool { primaryCode == 19 }

  /// One clause in plain English, without a full stop.
  public var explanation: String {
    switch self {
    case .failed(let code, let message):
      switch code & 0xff {
      case 5, 6: "another program holds the database locked"
      case 8, 14: "the database file cannot be opened or written"
      case 10: "the disk is full or failed (\(message))"
      case 11, 26: "the database file is damaged"
      case 13: "the disk is full"
      default: "the database failed (\(code): \(message))"
      }
    case .decoding(let column, let expected): "column \(column) does not hold \(expected)"
    case .newerFile(let found, let known):
      "the database was written by a newer version (format \(found), this one knows \(known))"
    case .foreignFile: "the file is the database of another program"
    }
  }
}
