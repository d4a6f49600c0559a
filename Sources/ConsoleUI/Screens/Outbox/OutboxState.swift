import ConsoleModel
import Helpdesk
import Terminal

/// The outbox on screen: every write that the helpdesk has not confirmed.
public struct OutboxState: Equatable, Sendable {
  public internal(set) var items: [QueuedWrite] = []
  /// The item under the cursor with its history, once it was read.
  public internal(set) var detail: OutboxItem?
  var viewport = ListViewport()
  var height = 1
  /// Whether it has been read once: what it held then is no news.
  private(set) var isLoaded = false
  public internal(set) var marks: Set<WriteID> = []
  /// The item that the cursor stays on while others come and go.
  var cursorID: WriteID?

  /// The write under the cursor.
  public var current: QueuedWrite? {
    items.indices.contains(viewport.cursor) ? items[viewport.cursor] : nil
  }

  mutating func take(_ newItems: [QueuedWrite]) {
    items = newItems
    isLoaded = true
    viewport.follow(cursorID, in: items.map(\.id), height: height)
    cursorID = current?.id
    marks.formIntersection(items.map(\.id))
    if let detail, let item = items.first(where: { $0.id == detail.write.id }) {
      if item != detail.write { self.detail = nil }
    } else {
      detail = nil
    }
  }

  mutating func move(to row: Int) {
    viewport.move(to: row, count: items.count, height: height)
    cursorID = current?.id
    if detail?.write.id != cursorID { detail = nil }
  }

  /// Held writes, the one that leaves first in front.
  func held(at now: Timestamp) -> [QueuedWrite] {
    items.filter { $0.isHeld(at: now) }
      .sorted { ($0.holdUntil ?? now) < ($1.holdUntil ?? now) }
  }
}

extension QueuedWrite {
  func isHeld(at now: Timestamp) -> Bool {
    state == .confirmed && holdUntil.map { $0 > now } == true
  }

  /// Whether it can still be taken back.
  var canBeTakenBack: Bool { state == .confirmed || state == .queued }
}
