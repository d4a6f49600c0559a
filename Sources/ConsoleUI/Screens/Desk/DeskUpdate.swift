import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  // Moving

  /// Moves the cursor or scrolls, whatever the place.
  mutating func move(_ id: CommandID) -> [Effect] {
    if case .reader(var reader)? = dialogs.last {
      readerScroll(&reader, id)
      dialogs[dialogs.count - 1] = .reader(reader)
      return []
    }
    switch place {
    case .queue: return moveInQueue(id)
    case .thread: moveInThread(id)
    case .sidebar:
      let count = sidebarLines.count
      let height = max(1, (layout.sidebar?.height ?? 1))
      sidebar.move(
        to: row(id, from: sidebar.cursor, count, height), count: count, height: height)
    case .outbox:
      outbox.move(to: row(id, from: outbox.viewport.cursor, outbox.items.count, outbox.height))
      return itemEffects()
    case .drafts:
      let count = drafts.drafts.count
      drafts.viewport.move(
        to: row(id, from: drafts.viewport.cursor, count, drafts.height), count: count,
        height: drafts.height)
    case .audit:
      page.move(to: row(id, from: page.viewport.cursor, pageCount, page.height), count: pageCount)
      return olderAuditEffects()
    case .views, .log, .hits, .help:
      let count = pageCount
      page.move(to: row(id, from: page.viewport.cursor, count, page.height), count: count)
    default: break
    }
    return []
  }

  /// How far a movement command goes in a pane of some height.
  func distance(_ id: CommandID, height: Int) -> Int {
    switch id {
    case .rowDown: 1
    case .rowUp: -1
    case .halfDown: max(1, height / 2)
    case .halfUp: -max(1, height / 2)
    case .pageDown: max(1, height - 1)
    case .pageUp: -max(1, height - 1)
    default: 0
    }
  }

  private func row(_ id: CommandID, from cursor: Int, _ count: Int, _ height: Int) -> Int {
    switch id {
    case .first: 0
    case .last: count - 1
    default: cursor + distance(id, height: height)
    }
  }

  private func readerScroll(_ reader: inout ReaderState, _ id: CommandID) {
    let (count, height) = (reader.lines.count, ReaderLayout(size: size).height)
    switch id {
    case .first: reader.scroll.move(to: 0, count: count, height: height)
    case .last: reader.scroll.move(to: count, count: count, height: height)
    default: reader.scroll.move(by: distance(id, height: height), count: count, height: height)
    }
  }

  // Walking between panes and screens

  mutating func walk(_ id: CommandID) -> [Effect] {
    switch id {
    case .goIn: return focus == .queue ? openThread() : focusOn(.sidebar)
    case .goOut: return leaveLevel()
    case .nextPane: return stepPane(1)
    case .previousPane: return stepPane(-1)
    case .open: return openCurrent()
    case .leave: return leave()
    case .quitLevel:
      if screen == .desk, focus == .queue, !queue.filter.isEmpty { return setFilter("") }
      return isAtRoot ? askQuit() : leaveLevel()
    case .quit: return askQuit()
    case .stopWaiting: return stopWhatRuns()
    case .sidebar:
      showsSidebar = layout.sidebar == nil
      relayout()
      if showsSidebar == true, layout.sidebar == nil {
        say(
          "the sidebar has no room at \(size.width) columns; \(shown(.goIn, in: .thread)) in the thread opens it"
        )
      }
    case .preview:
      showsPreview.toggle()
      relayout()
    case .larger, .smaller:
      let sizes = PaneSize.allCases
      let index = (sizes.firstIndex(of: paneSize) ?? 0) + (id == .larger ? 1 : sizes.count - 1)
      paneSize = sizes[index % sizes.count]
      relayout()
    case .refresh: return refresh()
    case .redraw:
      closeGates()
      return [.redraw]
    case .suspend: return (composer?.isSaved == false ? saveComposer() : []) + [.suspend]
    case .goBack: return goToAlternate()
    case .repeatLast: return repeatLast()
    default: return goTo(id)
    }
    return []
  }

  private mutating func goTo(_ id: CommandID) -> [Effect] {
    switch id {
    case .goQueue: return goHome()
    case .goOutbox:
      show(.outbox)
      return [.loadOutbox] + itemEffects()
    case .goDrafts:
      show(.drafts)
      return [.loadOutbox]
    case .goViews:
      show(.views)
      page.viewport = ListViewport(cursor: queue.viewIndex ?? 0)
      return [.loadCounts]
    case .goLog:
      show(.log)
      return [.loadDesk, .loadLog]
    case .goAudit: return openAudit()
    case .goContact, .goCompany: return showPerson(isCompany: id == .goCompany)
    case .legend: say(HelpText.shortLegend)
    case .help: return openHelp()
    default: break
    }
    return []
  }

  /// Enters a full screen; `q` leads back.
  mutating func show(_ screen: Screen) {
    if self.screen != screen { enter(.screen) }
    self.screen = screen
    page.viewport = ListViewport()
    page.matchWords = ""
    relayout()
  }

  mutating func focusOn(_ pane: Pane) -> [Effect] {
    focus = pane
    paneSize = .normal
    relayout()
    if pane == .queue { return restoreThread() }
    return []
  }

  /// A thread that was opened from elsewhere gives way to the cursor's again.
  private mutating func restoreThread() -> [Effect] {
    thread.open(queue.current?.id)
    return []
  }

  private mutating func stepPane(_ step: Int) -> [Effect] {
    guard screen == .desk else { return leaveLevel() }
    let panes = Pane.allCases
    let index = (panes.firstIndex(of: focus) ?? 0) + step + panes.count
    let next = panes[index % panes.count]
    if next == .thread, focus == .queue { return openThread() }
    return focusOn(next)
  }

  /// Opens the thread of the row under the cursor: it counts as seen and is read again.
  mutating func openThread() -> [Effect] {
    guard let id = focus == .queue ? queue.current?.id : thread.ticketID else {
      say("no ticket to open")
      return []
    }
    // Over a ticket that was entered from elsewhere, the way back leads to this row first.
    if focus == .queue, visits.last?.page == .thread { enter(.thread) }
    thread.open(id)
    _ = focusOn(.thread)
    return openedEffects(id)
  }

  /// What opening a ticket asks for, whatever way it was opened.
  mutating func openedEffects(_ id: TicketID) -> [Effect] {
    var effects: [Effect] = [.markSeen(id)]
    if let index = queue.rows.firstIndex(where: { $0.id == id }) {
      queue.rows[index].hasNewCustomerWords = false
    }
    let age = thread.detail.flatMap { $0.cachedAt }.map { now.timestamp - $0 }
    if thread.detail?.isThreadCached != true || (age ?? .max) > 20, canAsk {
      thread.isFetching = true
      effects.append(.refreshTicket(id))
    }
    return effects
  }

  /// Whether it makes sense to ask the helpdesk for something nobody waits for.
  private var canAsk: Bool {
    switch desk.link {
    case .connecting, .online, .failing: true
    case .offline, .limited, .signedOut: false
    }
  }

  private mutating func openCurrent() -> [Effect] {
    switch place {
    case .queue: return openThread()
    case .thread: thread.toggleFold()
    case .sidebar: return sidebarTicket.map { [.findTicket($0)] } ?? []
    case .outbox: return openItem()
    case .drafts: return performInOutbox(.itemEdit)
    case .views:
      return showView(page.viewport.cursor)
    case .audit: return openAuditRecord()
    case .hits:
      guard page.found.indices.contains(page.viewport.cursor) else { return [] }
      switch page.found[page.viewport.cursor] {
      case .ticket(let hit): return [.findTicket(hit.ticketID)]
      case .customer(let hit): return showTickets(of: hit)
      }
    default: break
    }
    return []
  }

  /// Esc: what is in the way goes first, then one level out.
  private mutating func leave() -> [Effect] {
    if screen == .desk {
      if focus == .thread, thread.search.isActive {
        thread.search = ThreadSearch()
        return []
      }
      if focus == .queue {
        if queue.rangeAnchor != nil {
          queue.rangeAnchor = nil
          return []
        }
        if !queue.filter.isEmpty { return setFilter("") }
      }
    }
    if screen == .outbox, !outbox.marks.isEmpty {
      outbox.marks = []
      return []
    }
    return leaveLevel()
  }

  private mutating func refresh() -> [Effect] {
    switch place {
    case .thread, .sidebar:
      guard let id = thread.ticketID else { return [] }
      thread.isFetching = true
      thread.failure = nil
      say(Self.readingAgain(id))
      return [.refreshTicket(id)]
    case .outbox, .drafts: return [.loadOutbox]
    case .audit: return [.loadDesk] + auditEffects()
    default:
      say("syncing")
      return [.syncNow, .loadDirectory] + take(.cacheChanged)
    }
  }

  /// Said until the helpdesk has answered.
  static func readingAgain(_ id: TicketID) -> String { "reading #\(id) again" }

  /// Leaves the program. It asks first with words that could not be saved, with something in the
  /// outbox, and where the settings want it.
  mutating func askQuit() -> [Effect] {
    let unsaved = unsavedWords
    guard unsaved.isEmpty else { return askToQuitWithout(unsaved) }
    let waiting = outbox.items.filter { !$0.state.isFinal }
    guard !waiting.isEmpty else {
      guard settings.confirmsQuit else { return quitNow() }
      return open(
        .question(
          Question(
            title: "QUIT?", lines: [TextRun("Nothing waits to be sent. Drafts are kept.")],
            yes: "y quit", action: .quit)))
    }
    let held = waiting.filter { $0.isHeld(at: now.timestamp) }.count
    let needing = waiting.filter { $0.state.needsPerson }.count
    var question = Question(
      title: "QUIT with \(Digits.count(waiting.count, "item")) in the outbox?",
      lines: [
        TextRun(
          [
            (held, "held"), (waiting.count - held - needing, "queued"),
            (needing, needing == 1 ? "needs you" : "need you"),
          ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + "."),
        TextRun("They stay on disk. Another console of this profile sends them, if one is open;"),
        TextRun("else held items get a new hold at the next start. Nothing is sent twice or lost."),
        TextRun("\(shown(.undo)) in the outbox (\(shown(.goOutbox))) takes back what is held."),
      ], yes: "y quit", action: .quit)
    question.isDangerous = false
    return open(.question(question))
  }

  mutating func quitNow() -> [Effect] {
    isQuitting = true
    return (composer?.isSaved == false ? saveComposer() : []) + retryLeaving(atOnce: true) + [.quit]
  }
}
