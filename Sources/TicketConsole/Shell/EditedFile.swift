import ConsoleModel
import Glibc
import Helpdesk

/// A file that a text is edited in. Its name says what it is for and which process made it, so that
/// a later start finds the words of one that was ended.
struct EditedFile: Equatable {
  var path: String
  var ticketID: TicketID
  var kind: DraftKind

  /// The name of a new file of this process.
  static func name(_ name: String, attempt: Int) -> String {
    let plain = name.unicodeScalars.filter { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || scalar == "-"
    }
    let process = ProcessIdentity.current(token: 0)
    return "\(String(plain).prefix(40)).\(process.pid)-\(process.startTime)-\(attempt).md"
  }

  /// What the name of a draft's file begins with.
  static func name(_ ticketID: TicketID, _ kind: DraftKind) -> String {
    "ticket-\(ticketID)-\(kind.isPublic ? "reply" : "note")"
  }

  /// The files in a folder that were left by processes that have ended.
  static func abandoned(in folder: String) -> [EditedFile] {
    guard let directory = opendir(folder) else { return [] }
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

  private static func abandoned(_ name: String, in folder: String) -> EditedFile? {
    let parts = name.split(separator: ".")
    guard parts.count == 3, parts[2] == "md" else { return nil }
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
    return EditedFile(path: "\(folder)/\(name)", ticketID: TicketID(number), kind: kind)
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
