/// The API requests as received, oldest dropped first: bounded in number and in bytes.
struct RequestLog {
  struct Entry: Equatable, Sendable {
    var n: Int64
    var at: Int64
    var method: String
    var path: String
    var query: String
    var agentID: Int64?
    var body: String
    /// Bytes of the body beyond what is kept.
    var cutBytes = 0
    /// nil until answered, and for ever where no answer was given.
    var status: Int?
    var fault: String?
    var bucket: String?
  }

  static let mostEntries = 50_000
  static let mostBytes = 64 * 1024 * 1024
  static let mostBodyBytes = 1024 * 1024

  private var entries: [Entry] = []
  /// Index of the oldest kept entry; what is before it is dropped in batches.
  private var start = 0
  private var bytes = 0
  private var lastN: Int64 = 0

  /// Adds a request and gives its number.
  mutating func add(_ entry: Entry) -> Int64 {
    lastN += 1
    var entry = entry
    entry.n = lastN
    bytes += entry.size
    entries.append(entry)
    while entries.count - start > Self.mostEntries || bytes > Self.mostBytes {
      bytes -= entries[start].size
      // Its place is given back later, its bytes at once.
      entries[start].forgetTexts()
      start += 1
    }
    if start > 4096, start > entries.count / 2 {
      entries.removeFirst(start)
      start = 0
    }
    return lastN
  }

  /// Changes an entry that is still there.
  mutating func update(_ n: Int64, _ change: (inout Entry) -> Void) {
    let index = entries.count - 1 - Int(lastN - n)
    if entries.indices.contains(index), index >= start { change(&entries[index]) }
  }

  /// The entries after number `n`.
  func since(_ n: Int64) -> ArraySlice<Entry> {
    let wanted = max(entries.count - Int(clamping: lastN - max(n, 0)), start)
    return n >= lastN ? [] : entries[wanted...]
  }
}

extension RequestLog.Entry {
  /// Bytes of what the client chose.
  fileprivate var size: Int {
    method.utf8.count + path.utf8.count + query.utf8.count + body.utf8.count
  }

  fileprivate mutating func forgetTexts() { (method, path, query, body) = ("", "", "", "") }
}
