import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  mutating func moveInQueue(_ id: CommandID) -> [Effect] {
    switch id {
    case .first:
      if queue.isAtStart {
        queue.move(to: 0)
        return []
      }
      queue.top = 0
      queue.cursor = 0
      return [.loadQueue(.first)]
    case .last:
      if queue.isAtEnd {
        queue.move(to: queue.rows.count - 1)
        return []
      }
      return [.loadQueue(.last)]
    default:
      let step = distance(id, height: queue.height)
      queue.move(to: queue.cursor + step)
      if abs(step) > 1 { pageScroll(step) }
    }
    return []
  }

  /// Pages move what is shown along with the cursor.
  private mutating func pageScroll(_ step: Int) {
    queue.top = max(0, min(queue.top + step, queue.rows.count - queue.height))
    queue.scroll()
  }

  mutating func performInQueue(_ id: CommandID) -> [Effect] {
    switch id {
    case .nextTicket, .previousTicket: return stepTicket(id == .nextTicket ? 1 : -1)
    case .nextNeedsAnswer, .previousNeedsAnswer:
      return stepUnanswered(isForward: id == .nextNeedsAnswer)
    case .previousView, .nextView:
      let count = directory.views.count
      guard count > 0 else { return [] }
      // From a query the next view is the first one, and the previous one the last.
      let here = queue.viewIndex ?? (id == .nextView ? -1 : count)
      return showView((here + (id == .nextView ? 1 : -1) + count) % count)
    case .sort: return openSortMenu()
    case .markAndDown, .mark, .markRange, .markAll, .markNone, .markInverse, .markUnassigned,
      .markOverdue, .markAgain:
      return changeMarks(id)
    default:
      guard let index = CommandID.viewCommands.firstIndex(of: id) else { return [] }
      guard directory.views.indices.contains(index) else {
        say("there is no view \(index + 1)")
        return []
      }
      return showView(index)
    }
  }

  /// J and K: the cursor moves, and an open thread follows it.
  private mutating func stepTicket(_ step: Int) -> [Effect] {
    if let effects = stepHit(step) { return effects }
    guard !queue.rows.isEmpty else { return [] }
    let isOutside = focus != .queue && thread.ticketID != queue.current?.id
    let old = queue.cursor
    if !isOutside { queue.move(to: queue.cursor + step) }
    guard queue.cursor != old || isOutside else {
      say(step > 0 ? "this is the last ticket of the view" : "this is the first ticket")
      return []
    }
    return followCursor()
  }

  /// Shows the ticket under the cursor where a thread is open.
  mutating func followCursor() -> [Effect] {
    guard focus != .queue, let id = queue.current?.id else { return [] }
    thread.open(id)
    sidebar = ListViewport()
    return openedEffects(id)
  }

  private mutating func stepUnanswered(isForward: Bool) -> [Effect] {
    let order =
      isForward
      ? Array(queue.rows.indices.dropFirst(queue.cursor + 1))
      : Array(queue.rows.indices.prefix(max(0, queue.cursor)).reversed())
    if let index = order.first(where: { queue.rows[$0].hasNewCustomerWords }) {
      queue.move(to: index)
      return followCursor()
    }
    guard isForward ? !queue.isAtEnd : !queue.isAtStart else {
      say("no further ticket needs an answer")
      return []
    }
    let edge = isForward ? queue.rows.last : queue.rows.first
    return [.loadQueue(.unanswered(edge?.position, isForward: isForward))]
  }

  // Views and queries

  /// Goes to a saved view, to its first row; marks are kept.
  mutating func showView(_ index: Int) -> [Effect] {
    guard directory.views.indices.contains(index) else { return [] }
    rememberPlace()
    visits = []
    screen = .desk
    _ = focusOn(.queue)
    return fill(withView: index)
  }

  /// Puts a saved view into the queue, whatever screen is shown.
  mutating func fill(withView index: Int) -> [Effect] {
    let view = directory.views[index]
    return show(view.query, viewIndex: index, name: view.name)
  }

  /// Enters a list of tickets; `q` leads back.
  mutating func enterList(_ query: QueueQuery, name: String) -> [Effect] {
    rememberPlace()
    // A query that is edited further takes the place of the one before.
    let isSame = visits.last?.page == .list && queue.viewIndex == nil && queue.name == name
    if !isSame || screen != .desk { enter(.list) }
    screen = .desk
    _ = focusOn(.queue)
    return show(query, viewIndex: nil, name: name)
  }

  mutating func show(_ query: QueueQuery, viewIndex: Int?, name: String) -> [Effect] {
    var next = QueueState(query: query, viewIndex: viewIndex, name: name)
    next.marks = queue.marks
    next.lastMarks = queue.lastMarks
    next.height = queue.height
    queue = next
    return [.loadQueue(.first), .loadCounts] + (next.marks.isEmpty ? [] : [.countMarks])
  }

  /// The contact's or the company's tickets as a queue.
  mutating func showPerson(isCompany: Bool) -> [Effect] {
    guard let detail = thread.detail, detail.ticket.id == currentTicket else {
      say("the ticket is not in the cache yet")
      return []
    }
    var query = QueueQuery(sort: QueueSort(.updated))
    let name: String
    if isCompany {
      guard let id = detail.ticket.companyID ?? detail.company?.id else {
        say("this ticket has no company")
        return []
      }
      query.companyID = id
      name = detail.company?.name ?? "company \(id)"
    } else {
      query.requesterID = detail.ticket.requesterID
      name = detail.requester?.name ?? detail.row.requesterName
    }
    return enterList(query, name: name)
  }

  /// The tickets of a customer that a search found.
  mutating func showTickets(of hit: CustomerHit) -> [Effect] {
    var query = QueueQuery(sort: QueueSort(.updated))
    switch hit.who {
    case .contact(let id): query.requesterID = id
    case .company(let id): query.companyID = id
    }
    return enterList(query, name: hit.name)
  }

  /// The words of the filter; the cursor goes to the first row that is left.
  mutating func setFilter(_ text: String) -> [Effect] {
    guard text != queue.filter else { return [] }
    let current = queue.current?.id
    queue.filter = text
    queue.top = 0
    queue.cursor = 0
    if text.isEmpty, let current { return [.loadQueue(.around(current)), .loadCounts] }
    return [.loadQueue(.first), .loadCounts] + (queue.marks.isEmpty ? [] : [.countMarks])
  }

  mutating func takeQuery(_ result: Result<QueueQuery, CallFailure>) -> [Effect] {
    switch result {
    case .success(let query):
      dialogs.removeAll()
      return enterList(query, name: "query")
    case .failure(let failure):
      if case .line(var line)? = dialogs.last {
        line.problem = failure.sentence
        dialogs[dialogs.count - 1] = .line(line)
      } else {
        say(failure.sentence, .error)
      }
      return []
    }
  }

  mutating func setSort(_ key: QueueSort.Key) -> [Effect] {
    var query = queue.query
    // The same key again turns the order round.
    query.sort =
      query.sort.key == key
      ? QueueSort(key, descending: !query.sort.isDescending) : QueueSort(key)
    queue.query = query
    queue.top = 0
    queue.cursor = 0
    say("sorted by \(key.label), \(query.sort.orderWords)")
    return [.loadQueue(.first), .loadCounts]
  }

  // Tickets by number

  /// Opens a ticket that was asked for by number or from another screen.
  mutating func goTo(_ id: TicketID, _ row: QueueRow?, isInView: Bool) -> [Effect] {
    guard row != nil || canOpenUncached else {
      say(
        "#\(id) is not in the cache and cannot be fetched: \(linkReason). Nothing has changed.",
        .warning)
      return []
    }
    if screen == .hits, let hit = page.hit, hit.ticketID == id {
      let words = page.words
      enterThread(id)
      return openHit(hit, words: words)
    }
    if currentTicket != id { rememberPlace() }
    guard screen == .desk, isInView else {
      enterThread(id)
      return openedEffects(id)
    }
    // It has a row here: the cursor goes to it, so that J and K go on from there.
    if focus == .queue {
      focus = .thread
      thread.open(id)
      sidebar = ListViewport()
      relayout()
    } else {
      enterThread(id)
    }
    return [.loadQueue(.around(id))] + openedEffects(id)
  }

  /// Enters the thread of a ticket that has not been chosen by its row; `q` leads back.
  mutating func enterThread(_ id: TicketID) {
    if screen != .desk || focus == .queue || thread.ticketID != id { enter(.thread) }
    screen = .desk
    focus = .thread
    thread.open(id)
    sidebar = ListViewport()
    relayout()
  }

  private var canOpenUncached: Bool {
    switch desk.link {
    case .online, .failing: true
    case .connecting, .offline, .limited, .signedOut: false
    }
  }

  /// A ticket that neither the cache nor the helpdesk has: back to where it was asked for.
  mutating func leaveMissingTicket(_ id: TicketID, _ failure: CallFailure) -> [Effect] {
    guard thread.detail == nil, visits.last?.page == .thread, screen == .desk, composer == nil
    else { return [] }
    let effects = leaveLevel()
    say("#\(id) cannot be opened: \(failure.sentence)", .error)
    return effects
  }
}
