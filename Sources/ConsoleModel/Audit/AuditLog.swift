import Glibc
import Helpdesk
import SQLite

/// The append-only text file `audit.log`: a copy of the journal's records that a stranger can
/// check, see `AuditRecord`.
public struct AuditLog: Sendable {
  public let path: String

  public init(folder: String) { path = folder + "/audit.log" }

  /// What a check of the chain says.
  public enum Verdict: Equatable, Sendable {
    case good(count: Int)
    /// The chain does not hold at this record, or the record is not the journal's.
    case broken(at: Int)
    /// The lines are good, but there had been more.
    case tailMissing(have: Int, want: Int)
  }

  /// Checks every line, and against the journal where one is given. Never writes. Records that a
  /// crash kept from reaching the file are not missing: the next change adds them. Throws only when
  /// the journal cannot be read.
  public func verify(against journal: Connection?) throws(SQLiteError) -> Verdict {
    let lines = Self.lines(of: Self.contents(path) ?? [])
    let table = journal.map(AuditTable.init)
    let want = try table?.writtenCount ?? lines.count
    var previous = AuditRecord.origin
    for (index, line) in lines.enumerated() {
      guard let blank = line.firstIndex(of: 32) else { return .broken(at: index + 1) }
      let hash = String(decoding: line[..<blank], as: UTF8.self)
      var chain = SHA256()
      chain.update((previous + " ").utf8)
      chain.update(line[(blank + 1)...])
      guard SHA256.hex(of: chain.finish()) == hash,
        line[(blank + 1)...].starts(with: "\(index + 1) ".utf8)
      else { return .broken(at: index + 1) }
      if let table {
        guard let known = try table.line(index + 1), known.utf8.elementsEqual(line) else {
          return .broken(at: index + 1)
        }
      }
      previous = hash
    }
    return lines.count < want
      ? .tailMissing(have: lines.count, want: want) : .good(count: lines.count)
  }

  /// The last lines of the file, oldest first, without their hashes.
  public func tail(_ count: Int) -> [String] {
    Self.lines(of: Self.contents(path) ?? []).suffix(max(0, count)).map { line in
      String(decoding: line.drop { $0 != 32 }.dropFirst(), as: UTF8.self)
    }
  }

  /// Adds the journal's records that the file does not have yet, with fsync. Several processes may
  /// do this at once: the file's lock puts them in order, and each adds what is missing. Call
  /// outside a transaction.
  func catchUp(with connection: Connection) throws {
    let table = AuditTable(connection: connection)
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { FileLock.release(descriptor) }
    guard FileLock.take(descriptor) else { throw failure() }
    let have = try knownCount(descriptor, table)
    // Lines that were in the file for certain are gone: never papered over.
    guard have >= (try table.writtenCount) else { throw AuditError.disagrees(path: path) }
    let missing = try table.lines(after: have)
    guard !missing.isEmpty else { return }
    try append(missing.map { $0 + "\n" }.joined(), to: descriptor)
    try table.noteWritten(have + missing.count)
  }

  /// Gives the file another name beside it, and returns its path; nil when there is no file, or an
  /// empty one, which is no evidence. Whoever is writing finishes first.
  func setAside(at moment: Timestamp) throws -> String? {
    let stamp = moment.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
    var aside = path + ".set-aside-" + stamp
    var number = 1
    while access(aside, F_OK) == 0 {
      number += 1
      aside = path + ".set-aside-\(stamp)-\(number)"
    }
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw failure() }
    defer { FileLock.release(descriptor) }
    guard FileLock.take(descriptor) else { throw failure() }
    if lseek(descriptor, 0, SEEK_END) == 0 { return nil }
    guard rename(path, aside) == 0 else { throw failure() }
    return aside
  }

  /// The number of the file's last line, which has to be the journal's line of that number. The
  /// rest of a line that a crash or a full disk cut short is taken away first.
  private func knownCount(_ descriptor: Int32, _ table: AuditTable) throws -> Int {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return 0 }
    // A record is a few hundred bytes; 16 kB hold the last one and the cut rest after it.
    var bytes = [UInt8](repeating: 0, count: Int(min(size, 16_384)))
    let count = pread(descriptor, &bytes, bytes.count, size - off_t(bytes.count))
    guard count == bytes.count else { throw failure() }
    let end = bytes.lastIndex(of: 10)
    let rest = bytes[(end.map { $0 + 1 } ?? 0)...]
    var last = 0
    if let end {
      let start = bytes[..<end].lastIndex(of: 10).map { $0 + 1 } ?? 0
      let fields = bytes[start..<end].split(separator: 32, maxSplits: 2)
      guard fields.count == 3, let number = Int(String(decoding: fields[1], as: UTF8.self)),
        let known = try table.line(number), known.utf8.elementsEqual(bytes[start..<end])
      else { throw AuditError.disagrees(path: path) }
      last = number
    }
    if !rest.isEmpty {
      guard let next = try table.line(last + 1), next.utf8.starts(with: rest) else {
        throw AuditError.disagrees(path: path)
      }
      guard ftruncate(descriptor, size - off_t(rest.count)) == 0 else { throw failure() }
    }
    return last
  }

  private func append(_ text: String, to descriptor: Int32) throws {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      done += count
    }
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  private func failure() -> AuditError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[0..<count]
    }
  }

  /// Complete lines, and the rest without a line end as one more.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: 10, omittingEmptySubsequences: false).dropLast(
      bytes.last == 10 || bytes.isEmpty ? 1 : 0)
  }
}
