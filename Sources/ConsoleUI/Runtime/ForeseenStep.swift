import Terminal

/// A key's step that was done before the key came: the state after it, and its frame.
struct ForeseenStep {
  let key: Key
  let frame: Frame
  private let next: ConsoleState
  /// When something on the screen changes by time alone; nil when nothing does.
  private let end: Moment?

  /// Nil for a key that asks for something outside the state, and where keys are answers or words.
  init?(_ key: Key, from state: ConsoleState, _ reads: QueueReads) {
    guard state.dialogs.isEmpty, state.composer == nil, state.pendingKeys.isEmpty else {
      return nil
    }
    var next = state
    guard update(&next, .key(key)).isEmpty else { return nil }
    if let id = next.wantedDetail {
      guard update(&next, .detailLoaded(id, reads.detail(id))).isEmpty else { return nil }
    }
    guard next.wantedItem == nil else { return nil }
    self.key = key
    self.next = next
    frame = render(next)
    end = next.nextTick
  }

  /// The state after the key, pressed now; nil when the frame would not be right any more.
  func state(at now: Moment) -> ConsoleState? {
    if let end, now >= end { return nil }
    var state = next
    state.now = now
    return state
  }
}
