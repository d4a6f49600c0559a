import SQLite

@testable import HelpdeskSandbox

/// Conversations in JSON Lines that somebody gives to the sandbox.
enum ImportRules {
  static func check(_ input: [UInt8]) throws {
    if let value = JSONParser.parse(input) {
      require(
        JSONParser.parse(value.text) == value, "reading and printing is stable",
        value.text.shown)
    }
    try FuzzDesk.undone { store in
      let before = try count("tickets", store)
      let complaints = try ConversationImport(now: FuzzDesk.now, seed: 1)
        .load(SandboxLoad(name: "talk.jsonl", bytes: input), into: store)
      let lines = input.split(separator: 0x0A)
        .filter { !$0.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
      let added = try count("tickets", store) - before
      require(
        complaints.count + added == lines.count, "each line is loaded or complained about",
        "\(complaints.count) + \(added) of \(lines.count)")
      require(complaints.allSatisfy(\.isPlainLine), "complaints are plain lines")
    }
    let subject = ConversationImport.subject(of: String(decoding: input, as: UTF8.self))
    require(!subject.isEmpty && subject.count <= 80, "a subject is short", subject.shown)
    require(!subject.contains { $0.isNewline }, "a subject is one line", subject.shown)
  }

  private static func count(_ table: String, _ store: Store) throws -> Int {
    try store.connection.first("SELECT count(*) FROM \(table)") { row throws(SQLiteError) in
      try row.int(0)
    } ?? 0
  }
}
