import Terminal
import Testing

@Suite("Text editing") struct TextEditingTests {
  private func frame(_ field: TextField, width: Int) -> Frame {
    var frame = Frame(size: Size(width: width, height: 1))
    field.draw(in: frame.bounds, of: &frame)
    return frame
  }

  @Test func fieldEditsByWholeCharacters() {
    var field = TextField("cafe\u{301} 日本")
    for key in [Key.backspace, .left, .backspace, .backspace] { _ = field.handle(key) }
    #expect(field.text == "caf日")
    _ = field.handle(.end)
    _ = field.handle(.character("\u{301}"))
    #expect(field.cursor == 4)
  }

  @Test func fieldDeletesByWords() {
    var field = TextField("assign to maria keller")
    _ = field.handle(.control("w"))
    _ = field.handle(.control("w"))
    #expect(field.text == "assign to ")
    _ = field.handle(.wordLeft)
    _ = field.handle(.control("k"))
    #expect(field.text == "assign ")
  }

  @Test func fieldTakesAPasteAsOneLineWithoutControls() {
    var field = TextField()
    _ = field.handle(.paste("one\r\ntwo\u{1B}[2J"))
    #expect(field.text == "one two[2J")
  }

  @Test func fieldScrollsToItsCursor() {
    let drawn = frame(TextField("0123456789日本"), width: 8)
    #expect(drawn.rows == ["789日本 "])
    #expect(drawn.cursor == Point(x: 7, y: 0))
  }

  @Test func fieldLeavesOtherKeysToItsOwner() {
    var field = TextField("a")
    for key in [Key.enter, .escape, .tab, .control("c"), .up] {
      let isTaken = field.handle(key)
      #expect(!isTaken, "\(key)")
    }
  }

  private func drawn(_ editor: TextEditor, _ size: Size) -> Frame {
    var editor = editor
    editor.scroll(to: size)
    var frame = Frame(size: size)
    editor.draw(in: frame.bounds, of: &frame)
    return frame
  }

  @Test func editorWrapsAtBlanksAndShowsItsCursor() {
    let frame = drawn(TextEditor("the quick brown fox\n日本語"), Size(width: 10, height: 4))
    #expect(frame.rows == ["the quick ", "brown fox ", "日本語    ", "          "])
    #expect(frame.cursor == Point(x: 6, y: 2))
  }

  @Test func editorMovesOverWrappedRowsAndKeepsTheColumn() {
    var editor = TextEditor("the quick brown fox\nab\nlonger line")
    for _ in 0..<2 { _ = editor.handle(.up, width: 10) }
    #expect(editor.cursor == TextEditor.Place(line: 1, column: 2))
    _ = editor.handle(.up, width: 10)
    #expect(editor.cursor == TextEditor.Place(line: 0, column: 14))
  }

  @Test func editorUndoesAndRepeats() {
    var editor = TextEditor("one")
    for character in " two" { _ = editor.handle(.character(character), width: 20) }
    _ = editor.handle(.paste("\nthree\r\nfour"), width: 20)
    #expect(editor.text == "one two\nthree\nfour")
    _ = editor.handle(.control("z"), width: 20)
    #expect(editor.text == "one two")
    _ = editor.handle(.control("z"), width: 20)
    #expect(editor.text == "one")
    _ = editor.handle(.control("y"), width: 20)
    #expect(editor.text == "one two")
  }

  @Test func editorJoinsAndBreaksLines() {
    var editor = TextEditor("ab\ncd", cursorAtEnd: false)
    _ = editor.handle(.end, width: 20)
    _ = editor.handle(.delete, width: 20)
    #expect(editor.text == "abcd")
    _ = editor.handle(.enter, width: 20)
    _ = editor.handle(.backspace, width: 20)
    _ = editor.handle(.enter, width: 20)
    #expect(editor.text == "ab\ncd")
    #expect(editor.cursor == TextEditor.Place(line: 1, column: 0))
  }

  @Test func editorScrollsToItsCursorAndBack() {
    var editor = TextEditor((1...9).map(String.init).joined(separator: "\n"))
    #expect(drawn(editor, Size(width: 4, height: 3)).rows == ["7   ", "8   ", "9   "])
    editor.scroll(to: Size(width: 4, height: 3))
    for _ in 0..<3 { _ = editor.handle(.up, width: 4) }
    #expect(drawn(editor, Size(width: 4, height: 3)).rows == ["6   ", "7   ", "8   "])
  }

  @Test func wrappedRowsHoldEveryCharacterOnce() {
    let text = "a long wordwithoutanyblankatall 日本語日本語 end   of it"
    for width in 2...30 {
      let editor = TextEditor(text)
      let frame = drawn(editor, Size(width: width, height: 60))
      let letters = frame.rows.joined().filter { $0 != " " }
      #expect(letters == text.filter { $0 != " " }, "width \(width)")
    }
  }
}

@Suite("Menu") struct MenuTests {
  private var menu: Menu<Int> {
    Menu(items: [
      .init(1, title: "Open", key: .character("o")),
      .init(2, title: "Merge", key: .character("m"), disabledReason: "read-only"),
      .init(3, title: "Close", detail: "asks"),
    ])
  }

  @Test func ownKeysChooseAtOnce() {
    var menu = menu
    var outcome = menu.handle(.character("o"), height: 3)
    #expect(outcome == .chosen(1))
    outcome = menu.handle(.character("m"), height: 3)
    #expect(outcome == .refused("read-only"))
    outcome = menu.handle(.character("x"), height: 3)
    #expect(outcome == .ignored)
    outcome = menu.handle(.down, height: 3)
    #expect(outcome == .moved)
    outcome = menu.handle(.enter, height: 3)
    #expect(outcome == .refused("read-only"))
    outcome = menu.handle(.escape, height: 3)
    #expect(outcome == .cancelled)
  }

  @Test func itemsShowTheirKeysAndReasons() {
    var frame = Frame(size: Size(width: 24, height: 3))
    menu.draw(in: frame.bounds, of: &frame)
    #expect(
      frame.rows == [
        "> o  Open               ", "  m  Merge  read-only   ", "     Close  asks        ",
      ])
  }
}
