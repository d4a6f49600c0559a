import ConsoleTestSupport
import Terminal
import Testing

@Suite("Frame export") struct FrameExportTests {
  private var frame: Frame {
    var frame = Frame(size: Size(width: 12, height: 2))
    frame.put("日本 <a&b>", at: .zero, role: .overdue)
    frame.put("ok", at: Point(x: 0, y: 1), role: .selected, filling: 12)
    return frame
  }

  @Test func textHasEveryRowInFullWidth() {
    #expect(frame.text == "日本 <a&b>  \nok          \n")
  }

  @Test func rolesAreListedUnderTheirLetters() {
    let lines = frame.roleDump.split(separator: "\n").map(String.init)
    #expect(lines.count == 5)
    let letter = lines.first { $0.hasSuffix(" overdue") }?.first
    #expect(lines[0] == String(repeating: letter ?? "?", count: 10) + "..")
  }

  @Test func ansiShowsTheSameOnATerminal() {
    for depth in ColorDepth.allCases {
      var screen = ScreenEmulator(size: Size(width: 12, height: 3))
      let text = frame.ansi(theme: .dark, depth: depth)
      screen.feed(text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
      #expect(Array(screen.rows.prefix(2)) == frame.rows)
      #expect(screen[.zero].style == Theme.dark.style(for: .overdue, depth: depth))
      #expect(screen[Point(x: 11, y: 1)].style == Theme.dark.style(for: .selected, depth: depth))
    }
  }

  @Test func pictureEscapesTextAndUsesTheTheme() {
    let dark = frame.svg(theme: .dark)
    #expect(dark.contains("&lt;a&amp;b&gt;"))
    #expect(dark.contains(Theme.dark.canvas.background.hex))
    #expect(!dark.contains("<a&b>"))
    #expect(dark != frame.svg(theme: .light))
  }
}
