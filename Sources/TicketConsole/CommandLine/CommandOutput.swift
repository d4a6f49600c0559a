import Glibc
import Terminal

/// Where a command speaks: documents and lists on standard output, everything else on standard
/// error.
struct CommandOutput: Sendable {
  private let out: Int32
  private let error: Int32

  init(out: Int32 = STDOUT_FILENO, error: Int32 = STDERR_FILENO) {
    self.out = out
    self.error = error
  }

  var isTerminal: Bool { isatty(out) == 1 }
  var hasErrorTerminal: Bool { isatty(error) == 1 }

  /// An array as `document` prints it, element by element, so that a long one needs no memory.
  func array<Elements: Sequence>(
    _ elements: Elements, _ json: (Elements.Element) throws -> JSONText?
  ) throws {
    var text = ""
    var count = 0
    for element in elements {
      guard let item = try json(element) else { continue }
      text += (count == 0 ? "[\n" : ",\n") + item.line
      count += 1
      if text.utf8.count > 65_536 {
        Self.write(text, to: out)
        text = ""
      }
    }
    Self.write(text + (count == 0 ? "[]\n" : "\n]\n"), to: out)
  }

  func document(_ json: JSONText) { Self.write(json.rendered + "\n", to: out) }

  /// Lines for people. What strangers wrote is cleaned, whatever the lines go to: a pager hands
  /// them on to a terminal.
  func lines(_ text: String) { Self.write(DisplayText.cleanLines(text) + "\n", to: out) }

  /// Text that the program made itself, such as a manual page.
  func verbatim(_ text: String) { Self.write(text, to: out) }

  /// A line about what is going on, or what went wrong.
  func note(_ text: String) { Self.write(DisplayText.cleanLines(text) + "\n", to: error) }

  /// Text on standard error that stays on its line, for a bar or a question.
  func errorText(_ text: String) { Self.write(text, to: error) }

  /// A reader that went away (`| head`) ends the program quietly.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        if descriptor == STDOUT_FILENO, errno == EPIPE { exit(ExitCode.done.rawValue) }
        return
      }
    }
  }
}
