/// How far a text taller than its pane is scrolled.
public struct ScrollPosition: Hashable, Sendable {
  /// The first line shown, from 0.
  public private(set) var offset: Int

  public init(offset: Int = 0) { self.offset = max(0, offset) }

  /// Scrolls to a line, as far as the text goes.
  public mutating func move(to line: Int, count: Int, height: Int) {
    offset = max(0, min(line, count - height))
  }

  public mutating func move(by lines: Int, count: Int, height: Int) {
    move(to: offset + lines, count: count, height: height)
  }

  /// A page on, keeping one line in sight; back for a negative number.
  public mutating func movePages(_ pages: Int, count: Int, height: Int) {
    move(by: pages * max(1, height - 1), count: count, height: height)
  }

  /// Scrolls no more than needed to show a range of lines, its beginning first.
  public mutating func reveal(_ lines: Range<Int>, count: Int, height: Int) {
    if lines.upperBound > offset + height { offset = lines.upperBound - height }
    if lines.lowerBound < offset { offset = lines.lowerBound }
    move(to: offset, count: count, height: height)
  }

  /// The lines that are shown.
  public func visible(count: Int, height: Int) -> Range<Int> {
    let start = min(offset, max(0, count))
    return start..<min(max(0, count), start + max(0, height))
  }

  /// True when the last line is in sight.
  public func isAtEnd(count: Int, height: Int) -> Bool { offset + height >= count }

  /// How much of the text has been in sight up to the last line shown, in percent.
  public func percent(count: Int, height: Int) -> Int {
    count <= 0 ? 100 : min(100, (offset + height) * 100 / count)
  }
}
