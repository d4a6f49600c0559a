import Glibc
import Helpdesk

/// Writes files that come from others: under a cleaned name, readable for the user alone, and never
/// over a file that is there.
enum NewFile {
  enum Failure: Error, Equatable {
    case exists(String)
    /// The system's error number.
    case system(Int32, String)

    /// One clause without a full stop.
    var explanation: String {
      switch self {
      case .exists(let path): "\(path) exists already"
      case .system(let code, let path):
        "\(path) cannot be written: \(String(cString: strerror(code)))"
      }
    }
  }

  /// A name from untrusted input, fit for a folder of the user's: no path, no control character,
  /// not hidden, no option of a command.
  static func name(_ name: String) -> String {
    let cleaned = UploadName.cleaned(name).drop { $0 == "." || $0 == "-" || $0 == " " }
    return cleaned.isEmpty ? "attachment" : String(cleaned)
  }

  /// Writes a new file and returns its path.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) -> String {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw errno == EEXIST ? .exists(path) : .system(errno, path)
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        // A file that is cut would be taken for the whole one.
        unlink(path)
        throw .system(code, path)
      }
      rest = rest.dropFirst(count)
    }
    guard close(descriptor) == 0 else {
      let code = errno
      unlink(path)
      throw .system(code, path)
    }
    return path
  }

  /// Writes into a folder under the file's own name; with a number where that is taken.
  static func write(_ bytes: [UInt8], named name: String, in folder: String) throws(Failure)
    -> String
  {
    let name = Self.name(name)
    let dot = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : $0 } ?? name.endIndex
    for number in 1..<1000 {
      let own = number == 1 ? name : "\(name[..<dot])-\(number)\(name[dot...])"
      do { return try write(bytes, to: folder + "/" + own) } catch {
        guard case .exists = error else { throw error }
      }
    }
    throw .exists(folder + "/" + name)
  }

  /// A folder that is there, or is made now for the user alone.
  static func makeFolder(_ path: String) throws(Failure) {
    if mkdir(path, 0o700) == 0 { return }
    var information = stat()
    guard errno == EEXIST, stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR
    else { throw .system(errno == EEXIST ? ENOTDIR : errno, path) }
  }
}
