import ConsoleModel
import Glibc
import Helpdesk

/// A file that a text is edited in. Its name says what it is for and which process made it, so that
/// a later start finds the words of one that was ended.
struct EditedFile: Equatable {
  var path: String
  var ticketID: TicketID
  var kind: DraftKind
  /// When it was written last.
  var modifiedAt: Timestamp

  /// Where such files are.
  struct Folder: Equatable {
    var path: String
    /// In a folder that accounts share: whose files they are, at the end of their names.
    var tag: String?

    /// The private folder of an account, then the one for temporary files, which serves while the
    /// first takes none.
    static func all(_ own: String, environment: [String: String]) -> [Folder] {
      let temporary = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
      // FNV-1a: the same in every process, unlike the standard library's hashes.
      let hash = own.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      }
      return [
        Folder(path: own), Folder(path: temporary, tag: String(hash, radix: 36)),
      ]
    }
  }

  /// The path of a new file of this process.
  static func path(_ name: String, attempt: Int, in folder: Folder) -> String {
    "\(folder.path)/\(Self.name(name, attempt: attempt, tag: folder.tag))"
  }

  /// The name of a new file of this process.
  static func name(_ name: String, attempt: Int, tag: String? = nil) -> String {
    let plain = name.unicodeScalars.filter { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || scalar == "-"
    }
    let process = ProcessIdentity.current(token: 0)
    return
      "\(String(plain).prefix(40)).\(process.pid)-\(process.startTime)-\(attempt)\(tag.map { "." + $0 } ?? "").md"
  }

  /// What the name of a draft's file begins with.
  static func name(_ ticketID: TicketID, _ kind: DraftKind) -> String {
    "ticket-\(ticketID)-\(kind.isPublic ? "reply" : "note")"
  }

  /// The files in a folder that were left by processes that have ended.
  static func abandoned(in folder: Folder) -> [EditedFile] {
    guard let directory = opendir(folder.path) else { return [] }
    defer { closedir(directory) }
    var found: [EditedFile] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let file = abandoned(name, in: folder) { found.append(file) }
    }
    return found.sorted { $0.path < $1.path }
  }

  private static func abandoned(_ name: String, in folder: Folder) -> EditedFile? {
    let parts = name.split(separator: ".")
    let ending = (folder.tag.map { [$0] } ?? []) + ["md"]
    guard parts.count == 2 + ending.count, parts[2...].elementsEqual(ending, by: ==)
    else { return nil }
    let about = parts[0].split(separator: "-")
    let process = parts[1].split(separator: "-")
    guard about.count == 3, about[0] == "ticket", let number = Int64(about[1]),
      process.count == 3, let pid = Int32(process[0]), let start = UInt64(process[1]),
      !ProcessIdentity(pid: pid, startTime: start, token: 0).isAlive
    else { return nil }
    let kind: DraftKind
    switch about[2] {
    case "reply": kind = .reply
    case "note": kind = .privateNote
    default: return nil
    }
    let path = "\(folder.path)/\(name)"
    var status = stat()
    // Others may write into a shared folder, too.
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_uid == geteuid()
    else { return nil }
    return EditedFile(
      path: path, ticketID: TicketID(number), kind: kind,
      modifiedAt: Timestamp(Int64(status.st_mtim.tv_sec)))
  }

  /// The text of a file; bytes that are not UTF-8 make it Latin-1, which loses none of them.
  static func read(
    _ path: String, limit: Int
  ) -> Result<(text: String, isLatin1: Bool), EditorSession.Failure> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(.file(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(.file(errno))
      }
      if count == 0 { break }
      bytes += buffer.prefix(count)
      if bytes.count > limit { return .failure(.tooLong) }
    }
    if let text = String(validating: bytes, as: UTF8.self) { return .success((text, false)) }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return .success((String(text), true))
  }
}
