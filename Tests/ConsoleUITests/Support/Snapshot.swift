import Glibc
import Terminal
import Testing

/// Compares a text with a file beside the tests; with RECORD_SNAPSHOTS=1 writes it instead.
func expectSnapshot(
  _ text: String, named name: String, file: StaticString = #filePath,
  at location: SourceLocation = #_sourceLocation
) {
  let path =
    "\(file)".split(separator: "/", omittingEmptySubsequences: false).dropLast()
    .joined(separator: "/") + "/Snapshots/\(name).txt"
  if getenv("RECORD_SNAPSHOTS") != nil {
    guard let output = fopen(path, "w") else {
      Issue.record("cannot write \(path)", sourceLocation: location)
      return
    }
    fputs(text, output)
    fclose(output)
    return
  }
  guard let input = fopen(path, "r") else {
    Issue.record("no snapshot \(name); record it", sourceLocation: location)
    return
  }
  defer { fclose(input) }
  var bytes: [UInt8] = []
  while true {
    let byte = getc(input)
    if byte == EOF { break }
    bytes.append(UInt8(truncatingIfNeeded: byte))
  }
  let wanted = String(decoding: bytes, as: UTF8.self)
  guard wanted != text else { return }
  let pairs = zip(
    wanted.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false))
  let difference = pairs.enumerated().first { $1.0 != $1.1 }
  Issue.record(
    """
    snapshot \(name) differs in line \(difference.map { $0.offset + 1 } ?? 0)
    wanted: \(difference.map { String($0.element.0) } ?? "\(wanted.utf8.count) bytes")
    is:     \(difference.map { String($0.element.1) } ?? "\(text.utf8.count) bytes")
    """, sourceLocation: location)
}

/// Text and roles of a frame.
func expectFrame(
  _ frame: Frame, named name: String, file: StaticString = #filePath,
  at location: SourceLocation = #_sourceLocation
) {
  expectSnapshot(
    frame.text + frame.roleDump, named: name, file: file, at: location)
}
