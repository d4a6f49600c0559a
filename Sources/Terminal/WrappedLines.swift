/// A text's lines at a width, made one at a time, so that a huge text costs what is looked at.
public struct WrappedLines<Text: StringProtocol>: Sequence, IteratorProtocol {
  private let width: Int
  private var scalars: DisplayScalars<Text>
  private var line: [DisplayScalar] = []
  private var used = 0
  private var isAtEnd = false
  /// True when the line began by wrapping, so that blanks at its beginning are dropped.
  private var isContinued = false

  /// Lines of at most `width` cells; an empty text has one empty line, and so has what follows a
  /// last line break. A width below 2 counts as 2, so that wide characters fit.
  public init(_ text: Text, width: Int) {
    self.width = Swift.max(2, width)
    scalars = DisplayScalars(text, breaks: .keep)
  }

  public mutating func next() -> String? {
    guard !isAtEnd else { return nil }
    while let drawn = scalars.next() {
      if drawn.isBreak {
        isContinued = false
        return finishLine(keeping: line.count, carrying: line.count)
      }
      if drawn.scalar == " ", isContinued, line.isEmpty { continue }
      if used + drawn.width > width {
        // A blank that does not fit is the break itself.
        if drawn.scalar == " " {
          isContinued = true
          return finishLine(keeping: line.count, carrying: line.count)
        }
        let (kept, carried) = breakPoint(before: drawn)
        isContinued = true
        let finished = finishLine(keeping: kept, carrying: carried)
        append(drawn)
        return finished
      }
      append(drawn)
    }
    isAtEnd = true
    return finishLine(keeping: line.count, carrying: line.count)
  }

  private mutating func append(_ drawn: DisplayScalar) {
    line.append(drawn)
    used += drawn.width
  }

  /// How much of the line stays and where the carried rest begins, when `next` does not fit.
  private func breakPoint(before next: DisplayScalar) -> (kept: Int, carried: Int) {
    if next.width == 2, !Self.mayNotBegin(next.scalar) { return (line.count, line.count) }
    let indent = line.firstIndex { $0.scalar != " " } ?? line.count
    var index = line.count - 1
    while index > indent {
      if line[index].scalar == " " { return (index, index + 1) }
      if line[index].width == 2 {
        var after = index + 1
        while after < line.count, line[after].isMark { after += 1 }
        let follower = after < line.count ? line[after].scalar : next.scalar
        if !Self.mayNotBegin(follower) { return (after, after) }
      }
      index -= 1
    }
    return (line.count, line.count)
  }

  /// Closing marks of Chinese and Japanese text, which never begin a line.
  private static func mayNotBegin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "、", "。", "，", "．", "：", "；", "！", "？", "）", "」", "』", "】", "》", "〉", "”", "’", "…",
      "ー", "・", "%", "％", ",", ".", ":", ";", "!", "?", ")":
      true
    default: false
    }
  }

  /// Hands out the first part of the line without blanks at its end and keeps the rest.
  private mutating func finishLine(keeping kept: Int, carrying carried: Int) -> String {
    var end = kept
    while end > 0, line[end - 1].scalar == " " { end -= 1 }
    var text = DrawnText()
    text.reserve(end)
    for drawn in line[..<end] { text.append(drawn.scalar) }
    line.removeSubrange(..<carried)
    used = line.reduce(0) { $0 + $1.width }
    return text.string
  }
}
