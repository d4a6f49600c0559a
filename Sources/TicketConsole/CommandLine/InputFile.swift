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
    guard let text = text(of: bytes) else {
      throw CommandFailure(
        .wrongUsage, "\(name) is not text in UTF-8 or UTF-16. Nothing was done.")
    }
    return text
  }

  /// The text of a file, without the mark that some editors put before it; nil where it is no text.
  static func text(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return String(validating: bytes.dropFirst(3), as: UTF8.self)
    }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else {
      // Zeros are no text, though UTF-8 allows them: UTF-16 without its mark is full of them.
      return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: 2, to: bytes.count, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return String(validating: units, as: UTF16.self)
  }

  private static func failure(_ name: String) -> CommandFailure {
    CommandFailure(
      .failed, "\(name) cannot be read (\(String(cString: strerror(errno)))). Nothing was done.")
  }
}
