import Terminal
import Testing

@Suite("Frame") struct FrameTests {
  private let size = Size(width: 10, height: 2)

  @Test func textIsCutAtTheEdgeByDisplayWidth() {
    var frame = Frame(size: size)
    let column = frame.put("日本語テキスト", at: Point(x: 1, y: 0))
    #expect(column == 10)
    #expect(frame.rows == [" 日本語テ…", "          "])
  }

  @Test func escapeSequencesNeverReachACell() {
    var frame = Frame(size: size)
    frame.put("a\u{1B}[2Jb\u{9B}31mc\u{202E}d", at: .zero)
    #expect(frame.rows[0] == "abcd      ")
  }

  @Test func overwritingHalfAWideCharacterBlanksTheOtherHalf() {
    var frame = Frame(size: size)
    frame.put("日本", at: .zero)
    frame.put("x", at: Point(x: 1, y: 0))
    #expect(frame.rows[0] == " x本      ")
    frame.put("yz", at: Point(x: 1, y: 0))
    #expect(frame.rows[0] == " yz       ")
  }

  @Test func marksStayOnTheirLetter() {
    var frame = Frame(size: size)
    frame.put("e\u{301}\u{302}\u{303}\u{304}x", at: .zero)
    #expect(frame[.zero].marks == ["\u{301}", "\u{302}", "\u{303}"])
    #expect(frame[Point(x: 1, y: 0)].text == "x")
  }

  @Test func textLeftOfTheFrameIsCut() {
    var frame = Frame(size: size)
    frame.put("hello", at: Point(x: -2, y: 0))
    frame.put("日本語", at: Point(x: -1, y: 1))
    #expect(frame.rows == ["llo       ", " 本語     "])
  }

  @Test func fillingGivesTheRestOfTheWidthTheRole() {
    var frame = Frame(size: size)
    frame.put("ab", at: .zero, role: .selected, filling: 5)
    #expect(
      frame.roleDump.split(separator: "\n").first == "EEEEE.....", "\(frame.roleDump)")
  }

  /// Terminals that order right-to-left text take neutral blanks for a part of it, up to the next
  /// letter: without a mark at its end two columns change places.
  @Test func rightToLeftTextEndsBeforeTheNextColumn() {
    var frame = Frame(size: Size(width: 20, height: 3))
    frame.put("שלום", at: .zero, width: 8)
    frame.put("مرحبا", at: Point(x: 9, y: 0), width: 8)
    frame.put("שלום", at: Point(x: 0, y: 1), role: .selected, filling: 8)
    frame.put("plain", at: Point(x: 0, y: 2), width: 8)
    func ends(_ x: Int, _ y: Int) -> Bool { frame[Point(x: x, y: y)].marks == ["\u{200E}"] }
    #expect(ends(4, 0) && ends(14, 0) && ends(4, 1))
    #expect(!ends(5, 2))
    #expect(frame.rows[0] == "שלום     مرحبا      ", "the mark is no text")
  }

  @Test func boxIsDrawnAroundItsInside() {
    var frame = Frame(size: Size(width: 12, height: 3))
    let inside = frame.box(frame.bounds, title: "Plan")
    #expect(frame.rows == ["┌─ Plan ───┐", "│          │", "└──────────┘"])
    #expect(inside == Rect(x: 1, y: 1, width: 10, height: 1))
  }

  @Test func aVerticalRuleJoinsTheHorizontalOnesItMeets() {
    var frame = Frame(size: Size(width: 5, height: 6))
    frame.horizontalRule(at: .zero, width: 5)
    frame.horizontalRule(at: Point(x: 0, y: 2), width: 5)
    frame.horizontalRule(at: Point(x: 3, y: 4), width: 2)
    for (y, height) in [(1, 1), (3, 3)] {
      frame.verticalRule(at: Point(x: 2, y: y), height: height)
      frame.joinRule(at: Point(x: 2, y: y), height: height)
    }
    #expect(frame.rows == ["──┬──", "  │  ", "──┼──", "  │  ", "  ├──", "  │  "])
  }
}
