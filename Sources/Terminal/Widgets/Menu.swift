/// A list of choices, each with a key of its own where it has one.
public struct Menu<ID: Hashable & Sendable>: Equatable, Sendable {
  /// One choice.
  public struct Item: Equatable, Sendable {
    public var id: ID
    public var title: String
    /// The key that chooses it at once.
    public var key: Key?
    /// Words beside the title.
    public var detail: String
    /// Why it cannot be chosen now; nil when it can.
    public var disabledReason: String?
    /// What stands beside the title: the reason where there is one.
    public var words: String { disabledReason ?? detail }

    public init(
      _ id: ID, title: String, key: Key? = nil, detail: String = "", disabledReason: String? = nil
    ) {
      self.id = id
      self.title = title
      self.key = key
      self.detail = detail
      self.disabledReason = disabledReason
    }
  }

  /// What a key did.
  public enum Outcome: Equatable, Sendable {
    case moved
    case chosen(ID)
    /// The choice cannot be made, and why.
    case refused(String)
    case cancelled
    /// The key means nothing here.
    case ignored
  }

  public private(set) var items: [Item]
  public private(set) var viewport = ListViewport()

  public init(items: [Item], selected: ID? = nil) {
    self.items = items
    if let selected, let row = items.firstIndex(where: { $0.id == selected }) {
      viewport = ListViewport(cursor: row)
    }
  }

  /// The choice under the cursor; nil in an empty menu.
  public var selected: Item? {
    items.indices.contains(viewport.cursor) ? items[viewport.cursor] : nil
  }

  /// Arrows and `j`/`k` move, Enter chooses, Esc and `q` cancel, an item's own key chooses it;
  /// own keys come first. `height` is the number of rows the menu is drawn with.
  public mutating func handle(_ key: Key, height: Int) -> Outcome {
    if let item = items.first(where: { $0.key == key }) { return choose(item) }
    let count = items.count
    switch key {
    case .down, .character("j"): viewport.move(by: 1, count: count, height: height)
    case .up, .character("k"): viewport.move(by: -1, count: count, height: height)
    case .pageDown: viewport.movePages(1, count: count, height: height)
    case .pageUp: viewport.movePages(-1, count: count, height: height)
    case .home: viewport.moveToFirst(count: count, height: height)
    case .end: viewport.moveToLast(count: count, height: height)
    case .enter: return selected.map(choose) ?? .ignored
    case .escape, .character("q"), .control("c"): return .cancelled
    default: return .ignored
    }
    return .moved
  }

  private func choose(_ item: Item) -> Outcome {
    if let reason = item.disabledReason { return .refused(reason) }
    return .chosen(item.id)
  }

  /// Draws the items that fit.
  public func draw(in rect: Rect, of frame: inout Frame) {
    var shown = viewport
    shown.fit(count: items.count, height: rect.height)
    for (row, index) in shown.visible(count: items.count, height: rect.height).enumerated() {
      let item = items[index]
      let isSelected = index == viewport.cursor
      let role: Role =
        isSelected ? .menuItemSelected : item.disabledReason == nil ? .menuItem : .disabled
      let line = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1)
      frame.fill(line, role: role)
      if isSelected { frame.restCursor(at: line.origin) }
      frame.put(isSelected ? ">" : " ", at: line.origin, role: role, width: line.width)
      let keyRole: Role = isSelected ? .menuItemSelected : .keyHint
      frame.put(
        item.key?.notation ?? "", at: Point(x: line.x + 2, y: line.y), role: keyRole,
        width: line.width - 2)
      let column = frame.put(
        item.title, at: Point(x: line.x + 2 + keyWidth, y: line.y), role: role,
        width: line.width - 2 - keyWidth)
      if !item.words.isEmpty, column + 2 < line.maxX {
        let detailRole: Role = isSelected ? .menuItemSelected : .dim
        frame.put(
          item.words, at: Point(x: column + 2, y: line.y), role: detailRole,
          width: line.maxX - column - 2)
      }
    }
  }

  /// The cells of the longest key and a gap; 0 when no item has a key.
  private var keyWidth: Int {
    let longest = items.compactMap { $0.key?.notation.count }.max() ?? 0
    return longest == 0 ? 0 : longest + 2
  }
}
