import ConsoleModel
import Helpdesk
import Terminal

/// Takes one action in and answers with what is to be done outside. Touches nothing but the state.
public func update(_ state: inout ConsoleState, _ action: ConsoleAction) -> [Effect] {
  var effects: [Effect] = []
  switch action {
  case .started: effects = state.start()
  case .key(let key): effects = state.press(key)
  case .mouse(let event): effects = state.take(event)
  case .command(let id): effects = state.ask(for: id)
  case .resized(let size):
    state.size = size
    state.closeGates()
    state.relayout()
  case .painted(let question): effects = state.notePainted(question: question)
  case .terminalAnswered(let question): state.noteAnswered(question)
  case .tick: effects = state.noteTime()
  case .notice(let notice): effects = state.take(notice)
  default: effects = state.take(action)
  }
  for case .submit in effects { state.undoTrail.submitting += 1 }
  // Other rows are on their way already: what they lack is seen when they are there.
  let isLoading = effects.contains { if case .loadQueue = $0 { true } else { false } }
  return effects + state.settle(loads: !isLoading)
}

extension ConsoleState {
  /// The first reads: labels and views, the first window of the queue, the outbox.
  mutating func start() -> [Effect] {
    [.loadDirectory, .loadDesk, .loadOutbox]
  }

  /// After every action: the thread follows the cursor, and the queue has what it needs next.
  mutating func settle(loads: Bool) -> [Effect] {
    if screen == .desk, focus == .queue, composer == nil, thread.ticketID != queue.current?.id {
      thread.open(queue.current?.id)
      sidebar = ListViewport()
    }
    let announcement = announceDraft()
    if loads, let load = queue.missing { return announcement + [.loadQueue(load)] }
    return announcement
  }

  /// Whether the frame needs the ticket's detail from the cache first.
  public var wantedDetail: TicketID? {
    guard !thread.isFresh, showsDetail else { return nil }
    return thread.ticketID
  }

  private var showsDetail: Bool {
    screen == .desk
      && (layout.thread != nil || layout.peek != nil || layout.sidebar != nil
        || layout.composer != nil || pendingReview != nil)
  }

  mutating func relayout() {
    layout = ScreenLayout(size: size, switches: switches)
    if focus == .sidebar, layout.sidebar == nil {
      focus = .thread
      layout = ScreenLayout(size: size, switches: switches)
    }
    queue.height = max(1, (layout.queue?.height ?? 1) - 1)
    queue.scroll()
    thread.show(in: layout.thread?.size)
    outbox.height = OutboxLayout(size: size).list.height
    outbox.move(to: outbox.viewport.cursor)
    drafts.height = PageLayout(size: size).list.height
    drafts.viewport.fit(count: drafts.drafts.count, height: drafts.height)
    page.height = PageLayout(size: size).list.height
  }

  var switches: LayoutSwitches {
    LayoutSwitches(
      focus: focus, showsSidebar: showsSidebar, showsPreview: showsPreview,
      isComposing: composer != nil, paneSize: paneSize)
  }

  /// Saves what was typed long enough ago.
  mutating func noteTime() -> [Effect] {
    noteOpening()
    if let until = message?.until, now >= until { message = nil }
    let retries = retryLeaving()
    guard let since = composer?.dirtySince, now >= since.after(settings.autosaveMilliseconds)
    else { return retries }
    return saveComposer() + retries
  }

  /// Moves the moments that something is counted from along with a clock that was set, so that
  /// typed words are saved in time and a question neither opens early nor stays shut.
  mutating func clockWasSet(by milliseconds: Int64) {
    directoryReadAt = directoryReadAt.after(milliseconds)
    if let since = composer?.dirtySince { composer?.dirtySince = since.after(milliseconds) }
    for (key, words) in leaving {
      leaving[key]?.dirtySince = words.dirtySince?.after(milliseconds)
    }
    for index in dialogs.indices {
      dialogs[index].gate?.shift(by: milliseconds)
    }
  }

  /// When the console wants to be woken; nil when nothing counts down.
  public var nextTick: Moment? {
    var moments: [Moment] = []
    if let gate = dialogs.last?.gate, let opens = gate.opensAt(quiet: settings.quietMilliseconds),
      opens > now
    {
      moments.append(opens)
    }
    if let since = composer?.dirtySince {
      moments.append(since.after(settings.autosaveMilliseconds))
    }
    moments += leaving.values.compactMap { $0.dirtySince?.after(Self.retryMilliseconds) }
    if outbox.items.contains(where: { $0.isHeld(at: now.timestamp) }) {
      moments.append(Moment(now.timestamp + 1))
    }
    if let until = message?.until { moments.append(until) }
    if queue.isLoaded {
      // The clock columns show minutes.
      moments.append(Moment(Timestamp((now.timestamp.seconds / 60 + 1) * 60)))
    }
    return moments.min()
  }

  /// Takes what background work tells.
  mutating func take(_ notice: Notice) -> [Effect] {
    switch notice {
    case .cacheChanged:
      thread.isFresh = false
      return directoryEffects() + [reloading, .loadCounts]
    case .ticketChanged:
      thread.isFresh = false
      return [reloading, .loadCounts]
    case .outboxChanged:
      return [.loadOutbox] + (screen == .audit ? [.loadAudit(before: nil)] : [])
    case .statusChanged:
      return [.loadDesk] + directoryEffects() + (screen == .log ? [.loadLog] : [])
    case .message(let text):
      // It comes by itself, so it also goes by itself: the status line says what still holds.
      say(text, until: now.after(15_000))
      return []
    case .recovered(let tickets, let sentences):
      startNotice = StartNotice(recovered: tickets, sentences: sentences)
      return [.loadOutbox]
    case .endRequested:
      return quitNow()
    }
  }

  /// Labels and people are read again now and then, and at once while there are none.
  private mutating func directoryEffects() -> [Effect] {
    let isEmpty = directory.agents.isEmpty || directory.statuses.isEmpty || me == nil
    guard isEmpty || now >= directoryReadAt.after(10_000) else { return [] }
    directoryReadAt = now
    return [.loadDirectory]
  }

  /// Opens a box or line. Before a question is painted, what was typed is thrown away.
  mutating func open(_ dialog: Dialog) -> [Effect] {
    pendingKeys = []
    closeGates()
    dialogs.append(dialog)
    return dialog.gate == nil ? [] : [.discardTypeahead]
  }

  /// Closes the uppermost box; a question under it has to be painted anew before it takes `y`.
  mutating func closeDialog() {
    guard !dialogs.isEmpty else { return }
    dialogs.removeLast()
    closeGates()
  }
}
