@testable import Terminal

/// Text of strangers on its way to the screen.
enum TerminalRules {
  static func check(_ input: [UInt8]) {
    let hostile = String(decoding: input, as: UTF8.self)
    checkDrawn(DisplayText.clean(hostile))
    let lines = DisplayText.cleanLines(hostile)
    for line in lines.split(separator: "\n") { checkDrawn(String(line)) }
    require(
      DisplayText.clean(DisplayText.clean(hostile)) == DisplayText.clean(hostile),
      "cleaning twice is cleaning once", hostile.shown)
    for width in [0, 1, 2, 7, 40] {
      let cut = DisplayText.truncate(hostile, to: width, ellipsis: "…")
      checkDrawn(cut)
      require(DisplayWidth.cells(of: cut) <= width, "cut text fits", cut.shown)
      for side in [DisplayText.Alignment.left, .right, .center] {
        let padded = DisplayText.pad(hostile, to: width, alignment: side)
        require(DisplayWidth.cells(of: padded) == width, "padded text fills", padded.shown)
      }
      for line in DisplayText.wrap(hostile, to: width, limit: 500) {
        checkDrawn(line)
        require(DisplayWidth.cells(of: line) <= max(2, width), "lines fit", line.shown)
      }
    }
    checkFrame(hostile)
    checkEditing(hostile)
  }

  /// Nothing that a terminal would act on or that would turn the text around.
  private static func checkDrawn(_ text: String) {
    var marks = 0
    for scalar in text.unicodeScalars {
      require(!scalar.isControl, "no control character reaches the screen", text.shown)
      require(!scalar.turnsDirection, "no direction mark reaches the screen", text.shown)
      let kind = DisplayWidth.scalarClass(of: scalar)
      require(kind != .invisible && kind != .unknown, "every character has a width", text.shown)
      marks = kind == .mark ? marks + 1 : 0
      require(marks <= Cell.markLimit, "few marks on a letter", text.shown)
    }
  }

  private static func checkFrame(_ hostile: String) {
    let size = Size(width: 23, height: 4)
    var frame = Frame(size: size)
    frame.put(hostile, at: Point(x: 0, y: 0))
    frame.put(hostile, at: Point(x: 21, y: 1))
    frame.put("世界世界世界", at: Point(x: 0, y: 2))
    frame.put(hostile, at: Point(x: 3, y: 2), width: 5)
    frame.putRight(hostile, at: Point(x: 2, y: 3), width: 9)
    for row in frame.rows {
      checkDrawn(row)
      require(DisplayWidth.cells(of: row) == size.width, "rows are full", row.shown)
    }
  }

  /// A field and an editor that the text is pasted into show it harmlessly and keep their cursors.
  private static func checkEditing(_ hostile: String) {
    var field = TextField()
    field.insert(hostile)
    var editor = TextEditor(hostile)
    for key in [Key.paste(hostile), .wordLeft, .backspace, .home, .delete, .down, .end, .up] {
      _ = field.handle(key)
      _ = editor.handle(key, width: 20)
    }
    var frame = Frame(size: Size(width: 20, height: 5))
    editor.scroll(to: frame.size)
    editor.draw(in: frame.bounds, of: &frame, isFocused: true)
    for row in frame.rows { checkDrawn(row) }
    require(
      frame.cursor.map { frame.bounds.contains($0) } ?? true, "the cursor is on the screen")
  }
}
