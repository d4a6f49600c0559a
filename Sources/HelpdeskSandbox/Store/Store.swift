import SQLite

/// Everything the sandbox's helpdesk knows, in one SQLite database. Not `Sendable`: one caller at
/// a time.
final class Store {
  let connection: Connection
  private var lastIDs: [String: Int64] = [:]

  /// Opens a file, or a database in memory for nil. An empty one gets its tables.
  convenience init(path: String?) throws {
    let connection =
      if let path {
        try Connection(path: path, options: .init(cacheKibibytes: 65_536))
      } else {
        try Connection.inMemory()
      }
    try StoreSchema.migrator.migrate(connection)
    self.init(connection)
  }

  /// A store over a database that has its tables.
  init(_ connection: Connection) { self.connection = connection }

  /// Builds the indexes; on an indexed file it changes nothing.
  func makeIndexes() throws(SQLiteError) {
    try connection.executeScript(StoreSchema.indexes)
  }

  /// The next free id of a table; ids are never given twice while the sandbox runs.
  func nextID(_ table: String, from first: Int64) throws(SQLiteError) -> Int64 {
    let last: Int64
    if let known = lastIDs[table] {
      last = known
    } else {
      last =
        try connection.first("SELECT max(id) FROM \(table)") { row throws(SQLiteError) in
          try row.optionalInt64(0)
        }.flatMap { $0 } ?? first - 1
    }
    lastIDs[table] = max(last + 1, first)
    return max(last + 1, first)
  }

  // Settings

  func setting(_ name: String) throws(SQLiteError) -> String? {
    try connection.first("SELECT value FROM settings WHERE name = ?", name) {
      row throws(SQLiteError) in try row.string(0)
    }
  }

  func setSetting(_ name: String, _ value: String) throws(SQLiteError) {
    try connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)
  }

  // Agents

  func agents() throws(SQLiteError) -> [AgentRecord] {
    try connection.query("SELECT \(AgentRecord.columns) FROM agents ORDER BY id") {
      row throws(SQLiteError) in try AgentRecord(row)
    }
  }

  func agent(_ id: Int64) throws(SQLiteError) -> AgentRecord? {
    try connection.first("SELECT \(AgentRecord.columns) FROM agents WHERE id = ?", id) {
      row throws(SQLiteError) in try AgentRecord(row)
    }
  }

  func agent(key: String) throws(SQLiteError) -> AgentRecord? {
    try connection.first("SELECT \(AgentRecord.columns) FROM agents WHERE api_key = ?", key) {
      row throws(SQLiteError) in try AgentRecord(row)
    }
  }

  func save(_ agent: AgentRecord) throws(SQLiteError) {
    try connection.execute(
      "INSERT OR REPLACE INTO agents (\(AgentRecord.columns)) VALUES (?,?,?,?,?,?,?)",
      arguments: agent.values)
  }

  // Documents

  func document(_ kind: DocumentRecord.Kind, _ id: Int64) throws(SQLiteError) -> DocumentRecord? {
    try documents("kind = ? AND id = ?", [kind.rawValue, id]).first
  }

  /// The documents of a kind, in the order of their ids; bounds are optional.
  func documents(
    _ kind: DocumentRecord.Kind, parent: Int64? = nil, updatedSince: Int64? = nil,
    limit: Int = -1, offset: Int = 0
  ) throws(SQLiteError) -> [DocumentRecord] {
    var condition = "kind = ?"
    var arguments: [any SQLBindable] = [kind.rawValue]
    if let parent {
      condition += " AND parent = ?"
      arguments.append(parent)
    }
    if let updatedSince {
      condition += " AND updated_at >= ?"
      arguments.append(updatedSince)
    }
    return try documents(
      condition + " ORDER BY id LIMIT ? OFFSET ?", arguments + [limit, offset])
  }

  /// The document of a kind with that name, whatever its case.
  func document(
    _ kind: DocumentRecord.Kind, named name: String
  ) throws(SQLiteError) -> DocumentRecord? {
    try documents("kind = ? AND name = ? COLLATE NOCASE LIMIT 1", [kind.rawValue, name]).first
  }

  func save(_ record: DocumentRecord) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT OR REPLACE INTO documents (kind, id, parent, name, updated_at, document)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      record.kind.rawValue, record.id, record.parent, record.name, record.updatedAt,
      JSONValue.object(record.document).text)
  }

  func deleteDocument(_ kind: DocumentRecord.Kind, _ id: Int64) throws(SQLiteError) {
    try connection.execute("DELETE FROM documents WHERE kind = ? AND id = ?", kind.rawValue, id)
  }

  func nextDocumentID(_ kind: DocumentRecord.Kind, from first: Int64) throws(SQLiteError) -> Int64 {
    let last = try connection.first(
      "SELECT max(id) FROM documents WHERE kind = ?", kind.rawValue
    ) { row throws(SQLiteError) in try row.optionalInt64(0) }
    let name = "documents." + kind.rawValue
    let next = max((last ?? nil).map { $0 + 1 } ?? first, (lastIDs[name] ?? 0) + 1, first)
    lastIDs[name] = next
    return next
  }

  private func documents(
    _ condition: String, _ arguments: [any SQLBindable]
  ) throws(SQLiteError) -> [DocumentRecord] {
    try connection.query(
      "SELECT kind, id, parent, updated_at, document FROM documents WHERE \(condition)",
      arguments: arguments
    ) { row throws(SQLiteError) in
      DocumentRecord(
        kind: .init(rawValue: try row.string(0)) ?? .company, id: try row.int64(1),
        parent: try row.optionalInt64(2), updatedAt: try row.int64(3),
        document: JSONParser.parse(try row.string(4))?.object ?? JSONObject())
    }
  }
}
