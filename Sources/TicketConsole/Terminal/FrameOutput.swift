import CNcurses
import Glibc

/// Sends what ncurses writes for one frame in one piece.
///
/// ncurses writes once for each move of the cursor. On a pseudo-terminal and over SSH each of these
/// writes wakes the reader, so a frame of 2 kB would cost fifty of them and be seen half painted.
/// While a frame is drawn the stream of ncurses leads to a file in memory instead.
final class FrameOutput {
  /// The descriptor that ncurses writes to.
  private let stream: Int32
  private let terminal: Int32
  private let output: TerminalOutput
  /// The file in memory; -1 when the system has none to give, and then ncurses writes by itself.
  private let memory: Int32
  private var bytes: [UInt8] = []

  /// `stream` is a descriptor of `terminal` that nothing else writes to; `output` writes to the same
  /// terminal.
  init(stream: Int32, terminal: Int32, output: TerminalOutput) {
    self.stream = stream
    self.terminal = terminal
    self.output = output
    memory = Self.memoryFile()
  }

  /// A file in memory; -1 when the system has none to give.
  static func memoryFile() -> Int32 { cn_memory_file() }

  deinit { if memory >= 0 { close(memory) } }

  /// Runs `draw` and sends what it wrote, between a prefix and a suffix.
  func send(prefix: String = "", suffix: String = "", _ draw: () -> Void) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: prefix.utf8)
    if memory >= 0, cn_lead(stream, memory) >= 0 {
      draw()
      takeDrawn()
      // The same open terminal as before: what follows a frame goes straight to it.
      _ = cn_lead(stream, terminal)
    } else {
      flush()
      draw()
    }
    bytes.append(contentsOf: suffix.utf8)
    flush()
  }

  private func takeDrawn() {
    let count = Int(lseek(memory, 0, SEEK_CUR))
    guard count > 0 else { return }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    let read = bytes.withUnsafeMutableBytes {
      pread(memory, $0.baseAddress.map { $0 + start }, count, 0)
    }
    bytes.removeLast(count - max(0, read))
    lseek(memory, 0, SEEK_SET)
  }

  private func flush() {
    output.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }
}
