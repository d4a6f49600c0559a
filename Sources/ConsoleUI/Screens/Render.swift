public import Terminal

/// Makes the whole screen of the state. Touches nothing, and reads nothing but the state.
public func render(_ state: ConsoleState) -> Frame {
  var frame = Frame(size: state.size)
  guard state.layout.shape != .tooSmall else {
    state.drawTooSmall(in: &frame)
    return frame
  }
  switch state.screen {
  case .desk: state.drawDesk(in: &frame)
  case .outbox: state.drawOutbox(in: &frame)
  case .drafts: state.drawDrafts(in: &frame)
  case .views, .log, .audit, .hits, .help: state.drawPage(in: &frame)
  }
  state.drawStatus(in: &frame)
  state.drawHints(in: &frame)
  for (index, dialog) in state.dialogs.enumerated() {
    // The picker under a plan would only confuse.
    if case .picker = dialog, index + 1 < state.dialogs.count { continue }
    state.draw(dialog, in: &frame)
  }
  return frame
}

extension ConsoleState {
  /// The panes that show more of the row under the cursor, and follow it; none with a box open.
  public var panesThatFollow: [Rect] {
    guard screen == .desk, focus == .queue, dialogs.isEmpty, composer == nil else { return [] }
    let titles = layout.titles.flatMap { titles in
      layout.queue.map { titles.splitLeft($0.maxX - titles.x).rest }
    }
    return [
      titles, layout.peek, layout.threadTitle, layout.thread, layout.threadFoot, layout.sidebar,
    ].compactMap(\.self)
  }

  /// One sentence that says which size is needed; nothing is lost meanwhile.
  fileprivate func drawTooSmall(in frame: inout Frame) {
    let least = ScreenLayout.leastSize
    let text =
      "The window is \(size.width)x\(size.height); the console needs "
      + "\(least.width)x\(least.height). Nothing is lost."
    for (row, line) in DisplayText.wrap(text, to: max(2, size.width), limit: size.height)
      .enumerated()
    {
      frame.put(line, at: Point(x: 0, y: row))
    }
  }

  fileprivate func drawDesk(in frame: inout Frame) {
    for rule in layout.horizontalRules {
      frame.horizontalRule(at: rule.origin, width: rule.width)
    }
    for rule in layout.verticalRules {
      frame.verticalRule(at: rule.origin, height: rule.height)
    }
    if let rect = layout.tabs { drawTabs(in: rect, of: &frame) }
    if let rect = layout.titles { drawTitles(in: rect, of: &frame) }
    if let rect = layout.queue { drawQueue(in: rect, of: &frame) }
    if let rect = layout.peek { drawPeek(in: rect, of: &frame) }
    if let rect = layout.threadTitle { drawThreadTitle(in: rect, of: &frame) }
    if let rect = layout.thread { drawThread(in: rect, of: &frame) }
    if let rect = layout.threadFoot { drawThreadFoot(in: rect, of: &frame) }
    if let rect = layout.sidebar { drawSidebar(in: rect, of: &frame) }
    if let rect = layout.composer { drawComposer(in: rect, of: &frame) }
    for rule in layout.verticalRules { frame.joinRule(at: rule.origin, height: rule.height) }
  }

  /// Draws a box or a line over what is there.
  fileprivate func draw(_ dialog: Dialog, in frame: inout Frame) {
    frame.showCursor(at: nil)
    switch dialog {
    case .review(let review): drawReview(review, in: &frame)
    case .question(let question): drawQuestion(question, in: &frame)
    case .picker(let picker): drawPicker(picker, in: &frame)
    case .plan(let plan): drawPlan(plan, in: &frame)
    case .menu(let menu): drawMenu(menu, in: &frame)
    case .line(let line): drawLine(line, in: &frame)
    case .palette(let palette): drawPalette(palette, in: &frame)
    case .files(let files): drawFiles(files, in: &frame)
    case .canned(let canned): drawCanned(canned, in: &frame)
    case .reader(let reader): drawReader(reader, in: &frame)
    }
  }

  /// A rule among the lines of a box.
  static func rule(_ width: Int) -> String {
    String(repeating: Character(LineDrawing.horizontal), count: width)
  }

  /// Draws a box of a width and a number of inner lines and returns its inside. It lies over the pane
  /// it belongs to where there is room, else over the whole screen.
  func drawBox(
    title: String, width: Int, lines: Int, over pane: Rect? = nil, titleRole: Role = .boxTitle,
    in frame: inout Frame
  ) -> Rect {
    let body = Rect(x: 0, y: 0, width: size.width, height: max(0, size.height - 2))
    let wanted = Size(width: min(width, size.width), height: min(lines + 2, body.height))
    let isOverPane = pane.map { $0.width >= wanted.width && $0.height >= wanted.height } ?? false
    let ground = (isOverPane ? pane : nil) ?? body
    return drawBox(
      title: title, at: ground.centered(wanted), over: ground, titleRole: titleRole, in: &frame)
  }

  /// Draws a box and clears the ground at its sides: nothing of the words under it is left that
  /// would read as part of it.
  func drawBox(
    title: String, at place: Rect, over ground: Rect, titleRole: Role = .boxTitle,
    in frame: inout Frame
  ) -> Rect {
    // A narrow strip holds only cut words; a broad one keeps them, one column away.
    let narrow = 12
    let left = place.x - ground.x <= narrow ? ground.x : place.x - 1
    let right = ground.maxX - place.maxX <= narrow ? ground.maxX : place.maxX + 1
    frame.fill(Rect(x: left, y: place.y, width: right - left, height: place.height))
    return frame.box(place, title: title, role: .box, titleRole: titleRole)
  }
}
