import Glibc
import Testing

@testable import TicketConsole

/// Each write to a datagram socket can be told from the next one.
@Suite("FrameOutput") struct FrameOutputTests {
  private let terminal: Int32
  private let stream: Int32
  private let reader: Int32
  private let output: FrameOutput

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &ends) == 0)
    (terminal, reader) = (ends[0], ends[1])
    stream = dup(terminal)
    output = FrameOutput(
      stream: stream, terminal: terminal, output: TerminalOutput(terminal: terminal) { false })
  }

  private func put(_ text: String) {
    _ = text.withCString { write(stream, $0, strlen($0)) }
  }

  /// What the writes so far were.
  private func received() -> [String] {
    var all: [String] = []
    var buffer = [UInt8](repeating: 0, count: 100_000)
    while true {
      let count = recv(reader, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      guard count > 0 else { return all }
      all.append(String(decoding: buffer[..<count], as: UTF8.self))
    }
  }

  @Test func whatIsDrawnInPiecesLeavesInOne() {
    output.send(prefix: "<", suffix: ">") {
      put("move ")
      put("word ")
      #expect(received() == [])
      put("move")
    }
    #expect(received() == ["<move word move>"])
    close()
  }

  @Test func aShorterFrameBringsNothingOfALongerOne() {
    output.send { put(String(repeating: "x", count: 60_000)) }
    output.send { put("short") }
    #expect(received().map(\.utf8.count) == [60_000, 5])
    close()
  }

  @Test func betweenFramesTheStreamIsTheTerminals() {
    output.send { put("frame") }
    put("after")
    #expect(received() == ["frame", "after"])
    close()
  }

  @Test func anEmptyFrameSendsNothing() {
    output.send {}
    #expect(received() == [])
    close()
  }

  private func close() { for end in [terminal, stream, reader] { Glibc.close(end) } }
}
