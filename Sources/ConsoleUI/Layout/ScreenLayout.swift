public import Terminal

/// The panes beside each other on the main screen.
public enum Pane: String, CaseIterable, Comparable, Sendable {
  case queue
  case thread
  case sidebar

  /// How far in it is: the queue is the outermost pane.
  private var depth: Int {
    switch self {
    case .queue: 0
    case .thread: 1
    case .sidebar: 2
    }
  }

  public static func < (outer: Pane, inner: Pane) -> Bool { outer.depth < inner.depth }
}

/// How much of the screen the user has given to the pane in focus.
public enum PaneSize: String, CaseIterable, Sendable {
  case normal
  case half
  case full
}

/// What the layout depends on beside the size.
public struct LayoutSwitches: Hashable, Sendable {
  public var focus: Pane
  /// Nil lets the width decide.
  public var showsSidebar: Bool?
  public var showsPreview: Bool
  public var isComposing: Bool
  public var paneSize: PaneSize

  public init(
    focus: Pane = .queue, showsSidebar: Bool? = nil, showsPreview: Bool = true,
    isComposing: Bool = false, paneSize: PaneSize = .normal
  ) {
    self.focus = focus
    self.showsSidebar = showsSidebar
    self.showsPreview = showsPreview
    self.isComposing = isComposing
    self.paneSize = paneSize
  }
}

/// Where everything stands on the main screen: size and switches in, rectangles out.
///
/// Nothing overlaps and nothing lies outside; the status line and the hints are the last two rows at
/// every size that is large enough for anything.
public struct ScreenLayout: Equatable, Sendable {
  /// The three shapes, and the sentence for terminals that are too small.
  public enum Shape: String, Sendable {
    case tooSmall
    /// Under 100 columns: one pane at a time.
    case single
    /// 100 to 159 columns: the queue above, thread and sidebar below.
    case stacked
    /// From 160 columns: queue, thread and sidebar beside each other.
    case columns
  }

  public static let leastSize = Size(width: 30, height: 7)

  public private(set) var size: Size
  public private(set) var shape: Shape
  public private(set) var tabs: Rect?
  /// The row of pane titles in three columns.
  public private(set) var titles: Rect?
  /// The queue with its row of headings.
  public private(set) var queue: Rect?
  /// The lines under the queue that say more about the ticket under the cursor.
  public private(set) var peek: Rect?
  /// The thread's own title lines.
  public private(set) var threadTitle: Rect?
  public private(set) var thread: Rect?
  /// Presence, draft and fields under the thread of a narrow screen.
  public private(set) var threadFoot: Rect?
  public private(set) var sidebar: Rect?
  public private(set) var composer: Rect?
  public private(set) var horizontalRules: [Rect] = []
  public private(set) var verticalRules: [Rect] = []
  public private(set) var status: Rect
  public private(set) var hints: Rect

  public init(size: Size, switches: LayoutSwitches = LayoutSwitches()) {
    self.size = size
    let whole = Rect(size: size)
    let (aboveHints, hints) = whole.splitBottom(1)
    let (body, status) = aboveHints.splitBottom(1)
    self.hints = hints
    self.status = status
    shape =
      size.width < Self.leastSize.width || size.height < Self.leastSize.height
      ? .tooSmall : size.width < 100 ? .single : size.width < 160 ? .stacked : .columns
    switch shape {
    case .tooSmall: break
    case .single: layOutSingle(body, switches)
    case .stacked: layOutStacked(body, switches)
    case .columns: layOutColumns(body, switches)
    }
  }

  /// The pane that has the focus although another one was asked for, where only one is shown.
  public func shows(_ pane: Pane) -> Bool { rect(of: pane) != nil }

  /// Where a pane stands; nil when it is not shown.
  func rect(of pane: Pane) -> Rect? {
    switch pane {
    case .queue: queue
    case .thread: thread
    case .sidebar: sidebar
    }
  }

  private mutating func layOutSingle(_ body: Rect, _ switches: LayoutSwitches) {
    switch switches.isComposing ? .thread : switches.focus {
    case .queue:
      var rest = body
      if size.height >= 12 { (tabs, rest) = cut(top: 1, of: rest) }
      if size.height >= 20, switches.showsPreview {
        let (upper, lower) = rest.splitBottom(2)
        let (list, rule) = upper.splitBottom(1)
        horizontalRules.append(rule)
        (queue, peek) = (list, lower)
      } else {
        queue = rest
      }
    case .thread:
      var rest = body
      if size.height >= 12 {
        (threadTitle, rest) = cut(top: 2, of: rest)
        let (rule, lower) = rest.splitTop(1)
        horizontalRules.append(rule)
        rest = lower
      } else {
        (threadTitle, rest) = cut(top: 1, of: rest)
      }
      if switches.isComposing {
        layOutWriting(in: rest, rows: max(5, rest.height * 2 / 3), leastThread: 2)
      } else if size.height >= 20 {
        let (upper, rule) = rest.splitBottom(1)
        let (middle, foot) = upper.splitBottom(2)
        let (text, footRule) = middle.splitBottom(1)
        horizontalRules += [footRule, rule]
        (thread, threadFoot) = (text, foot)
      } else {
        thread = rest
      }
    case .sidebar:
      let rest: Rect
      (threadTitle, rest) = cut(top: 1, of: body)
      sidebar = rest
    }
  }

  private mutating func layOutStacked(_ body: Rect, _ switches: LayoutSwitches) {
    var rest = body
    if size.height >= 12 { (tabs, rest) = cut(top: 1, of: rest) }
    if size.height >= 20 {
      let (upper, rule) = rest.splitBottom(1)
      horizontalRules.append(rule)
      rest = upper
    }
    if switches.isComposing {
      let below: Rect
      (threadTitle, below) = cut(top: 1, of: rest)
      let (text, side) = splitSidebar(below, width: 36, switches)
      sidebar = side
      layOutWriting(in: text, rows: max(9, text.height * 2 / 5))
      return
    }
    guard switches.showsPreview || switches.focus != .queue, size.height >= 14 else {
      switch switches.focus {
      case .queue: queue = rest
      case .thread, .sidebar:
        let below: Rect
        (threadTitle, below) = cut(top: 1, of: rest)
        let (text, side) = splitSidebar(below, width: 36, switches)
        (thread, sidebar) = (text, side)
      }
      return
    }
    // The row of headings comes on top of the share.
    let rows = queueRows(in: rest.height, switches)
    if rows > 0 { (queue, rest) = cut(top: rows + 1, of: rest) }
    guard rest.height >= 2 else { return }
    (threadTitle, rest) = cut(top: 1, of: rest)
    let (text, side) = splitSidebar(rest, width: 36, switches)
    (thread, sidebar) = (text, side)
  }

  private func queueRows(in height: Int, _ switches: LayoutSwitches) -> Int {
    let isQueue = switches.focus == .queue
    switch switches.paneSize {
    case .normal: return max(3, (height - 1) * 35 / 100)
    case .half: return isQueue ? (height - 1) * 60 / 100 : max(3, (height - 1) / 5)
    case .full: return isQueue ? height - 1 : 0
    }
  }

  private mutating func layOutColumns(_ body: Rect, _ switches: LayoutSwitches) {
    var rest = body
    if size.height >= 12 { (tabs, rest) = cut(top: 1, of: rest) }
    if size.height >= 20 {
      let (upper, rule) = rest.splitBottom(1)
      horizontalRules.append(rule)
      rest = upper
    }
    (titles, rest) = cut(top: 1, of: rest)
    if switches.paneSize == .full, switches.focus != .sidebar {
      if switches.focus == .queue {
        queue = rest
      } else {
        layOutThreadColumn(rest, switches)
      }
      return
    }
    let share = switches.paneSize == .half && switches.focus == .queue ? 50 : 33
    var (left, right) = rest.splitLeft(size.width * share / 100)
    let bar: Rect
    (bar, right) = right.splitLeft(1)
    verticalRules.append(bar)
    if size.height >= 26, switches.showsPreview {
      let (list, lower) = left.splitBottom(left.height / 5)
      let (rule, lines) = lower.splitTop(1)
      horizontalRules.append(rule)
      (left, peek) = (list, lines)
    }
    queue = left
    let (text, side) = splitSidebar(right, width: size.width >= 180 ? 38 : 32, switches)
    sidebar = side
    layOutThreadColumn(text, switches)
  }

  private mutating func layOutThreadColumn(_ rect: Rect, _ switches: LayoutSwitches) {
    var rest = rect
    (threadTitle, rest) = cut(top: 2, of: rest)
    guard switches.isComposing else {
      thread = rest
      return
    }
    layOutWriting(in: rest, rows: max(9, rest.height / 3))
  }

  /// The composer under the thread that it answers, which stays in sight where there is room.
  private mutating func layOutWriting(in rect: Rect, rows: Int, leastThread: Int = 4) {
    let height = min(rows, rect.height)
    guard rect.height - height >= leastThread else {
      composer = rect
      return
    }
    let (upper, lower) = rect.splitBottom(height)
    let (rule, text) = lower.splitTop(1)
    horizontalRules.append(rule)
    (thread, composer) = (upper, text)
  }

  /// The sidebar goes first when it is tight, unless it was asked for.
  private mutating func splitSidebar(
    _ rect: Rect, width: Int, _ switches: LayoutSwitches
  ) -> (Rect, Rect?) {
    let isWanted = switches.showsSidebar ?? (rect.width - width - 1 >= 72)
    guard isWanted || switches.focus == .sidebar, rect.width - width >= 40 else {
      return (rect, nil)
    }
    let (text, side) = rect.splitRight(width)
    let (left, bar) = text.splitRight(1)
    verticalRules.append(bar)
    return (left, side)
  }

  private func cut(top rows: Int, of rect: Rect) -> (Rect?, Rect) {
    let (top, rest) = rect.splitTop(rows)
    return (top.isEmpty ? nil : top, rest)
  }
}
