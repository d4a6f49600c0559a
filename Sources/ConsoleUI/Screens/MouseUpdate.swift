import Terminal

extension ConsoleState {
  /// Rows that a step of the wheel goes.
  private static let wheelStep = 3

  /// The wheel moves in the pane under the pointer; a press chooses a pane, a row or a view, and a
  /// second one on the same row opens it. Boxes and the editor take keys only, so that nothing can
  /// be confirmed by a slip of the hand.
  mutating func take(_ event: MouseEvent) -> [Effect] {
    guard dialogs.isEmpty else { return [] }
    guard composer == nil || screen != .desk else {
      // While writing, the wheel only moves the message that is answered.
      guard event.kind != .press, layout.thread?.contains(event.place) == true else { return [] }
      thread.scroll(by: event.kind == .wheelUp ? -Self.wheelStep : Self.wheelStep)
      return []
    }
    pendingKeys = []
    guard screen == .desk else {
      return event.kind == .press ? [] : turnWheel(event.kind)
    }
    let pane = Pane.allCases.first { layout.rect(of: $0)?.contains(event.place) == true }
    switch event.kind {
    case .press: return press(at: event.place, in: pane)
    case .wheelUp, .wheelDown:
      guard let pane else { return [] }
      // The thread is read on while the queue keeps the keys.
      let old = focus
      focus = pane
      let effects = turnWheel(event.kind)
      if pane != .queue { focus = old }
      return effects
    }
  }

  private mutating func turnWheel(_ kind: MouseEvent.Kind) -> [Effect] {
    (0..<Self.wheelStep).flatMap { _ in perform(kind == .wheelUp ? .rowUp : .rowDown) }
  }

  private mutating func press(at place: Point, in pane: Pane?) -> [Effect] {
    message = nil
    if let tabs = layout.tabs, tabs.contains(place) {
      let tab = tabPlaces(in: tabs).first { $0.columns.contains(place.x) }
      return tab.map { showView($0.index) } ?? []
    }
    guard let pane, let rect = layout.rect(of: pane) else { return [] }
    let wasFocused = focus == pane
    focus = pane
    relayout()
    guard pane == .queue else { return [] }
    // The first line holds the headings.
    let row = queue.top + place.y - rect.y - 1
    guard place.y > rect.y, queue.rows.indices.contains(row) else { return [] }
    if wasFocused, row == queue.cursor { return perform(.open) }
    queue.move(to: row)
    return []
  }
}
