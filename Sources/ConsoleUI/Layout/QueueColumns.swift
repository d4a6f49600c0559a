/// Where the columns of the queue stand in a pane of some width, from the right edge as far as they
/// do not depend on the number's length.
public struct QueueColumns: Hashable, Sendable {
  /// A column: its first cell and its width.
  public struct Span: Hashable, Sendable {
    public var start: Int
    public var width: Int
  }

  public private(set) var number: Span
  public private(set) var subject: Span
  public private(set) var requester: Span?
  public private(set) var status: Span?
  public private(set) var priority: Span?
  public private(set) var serviceClock: Span
  public private(set) var agent: Span?
  public private(set) var updated: Span?
  /// Whether priorities are spelled out.
  public private(set) var hasLongWords = false

  /// `digits` is the length of the longest ticket number; five have always room. `isColumn` is the
  /// queue as one of three columns.
  public init(width: Int, digits: Int = 5, isColumn: Bool = false) {
    let digits = max(5, digits)
    number = Span(start: 4, width: digits)
    let start = 5 + digits
    func span(fromRight distance: Int, _ length: Int) -> Span {
      Span(start: max(0, width - distance), width: length)
    }
    /// The first cell of the column to the right of the subject.
    var next: Int
    if isColumn {
      agent = span(fromRight: 6, 6)
      serviceClock = span(fromRight: 12, 5)
      priority = span(fromRight: 14, 1)
      next = width - 14
    } else if width >= 100 {
      updated = span(fromRight: 6, 5)
      agent = span(fromRight: 16, 9)
      serviceClock = span(fromRight: 22, 5)
      priority = span(fromRight: 30, 7)
      status = span(fromRight: 38, 7)
      requester = span(fromRight: 59, 20)
      next = width - 59
      hasLongWords = true
    } else {
      next = width + 1
      func take(_ length: Int) -> Span {
        next -= length + 1
        return Span(start: max(0, next), width: length)
      }
      if width >= 60 { agent = take(5) }
      serviceClock = take(5)
      priority = take(1)
      if width >= 45 { status = take(4) }
      if width >= 80 { requester = take(16) }
    }
    subject = Span(start: start, width: max(0, next - start - 1))
  }
}
