import Terminal

/// The outbox: a list, and below it what is known of the item under the cursor.
struct OutboxLayout: Equatable {
  var title: Rect
  var heading: Rect
  var list: Rect
  var detailTitle: Rect?
  var detail: Rect?

  init(size: Size) {
    let body = Rect(x: 0, y: 0, width: size.width, height: max(0, size.height - 2))
    let (title, below) = body.splitTop(1)
    let (heading, rest) = below.splitTop(1)
    self.title = title
    self.heading = heading
    guard rest.height >= 12 else {
      list = rest
      return
    }
    let (upper, lower) = rest.splitTop(max(4, rest.height * 2 / 5))
    let (detailTitle, detail) = lower.splitTop(1)
    list = upper
    self.detailTitle = detailTitle
    self.detail = detail
  }
}

/// A full screen of lines under a title.
struct PageLayout: Equatable {
  var title: Rect
  var list: Rect

  init(size: Size) {
    let body = Rect(x: 0, y: 0, width: size.width, height: max(0, size.height - 2))
    let (title, rest) = body.splitTop(1)
    self.title = title
    list = rest.splitTop(rest.height > 6 ? 1 : 0).rest
  }
}

/// A box to read in, over nearly the whole screen.
struct ReaderLayout: Equatable {
  /// What the box lies over.
  var ground: Rect
  var box: Rect
  /// The inside without the line of keys.
  var text: Rect

  init(size: Size) {
    ground = Rect(x: 0, y: 0, width: size.width, height: max(0, size.height - 2))
    box = ground.centered(
      Size(width: min(100, size.width - 4), height: max(3, ground.height - 2)))
    text = box.inset(horizontal: 2, vertical: 1)
  }

  var height: Int { max(1, text.height) }
}

/// The editor with its line of facts above and the files below.
struct ComposerLayout: Equatable {
  var head: Rect
  var text: Rect
  var foot: Rect

  /// A private note has a bar with a gap at its left edge.
  init(rect: Rect, isPublic: Bool) {
    let (head, rest) = rect.splitTop(1)
    let (text, foot) = rest.splitBottom(rest.height > 2 ? 1 : 0)
    self.head = head
    let inner = text.inset(horizontal: 1)
    self.text = isPublic ? inner : inner.splitLeft(1).rest
    self.foot = foot
  }
}
