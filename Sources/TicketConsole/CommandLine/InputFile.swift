import Glibc

/// Reads a text that a person hands over: a file, or standard input for `-`.
enum InputFile {
  static func read(path: String, limit: Int) throws(CommandFailure) -> String {
    if path == "-" {
      return try read(descriptor: STDIN_FILENO, name: "standard input", limit: limit)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, name: path, limit: limit)
  }

  static func read(descriptor: Int32, name: String, limit: Int) throws(CommandFailure) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(name)
      }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[0..<count])
      if bytes.count > limit {
        throw CommandFailure(
          .wrongUsage, "\(name) holds more than \(limit) bytes. Nothing was done.")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandFailure(.wrongUsage, "\(name) is not UTF-8 text. Nothing was done.")
    }
    return text
  }

  private static func failure(_ name: String) -> CommandFailure {
    CommandFailure(
      .failed, "\(name) cannot be read (\(String(cString: strerror(errno)))). Nothing was done.")
  }
}
