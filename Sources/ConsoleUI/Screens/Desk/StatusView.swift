import ConsoleModel
import Helpdesk
import Terminal

/// A piece of the status line; the least important ones go first when it is tight.
private struct StatusPiece {
  var text: String
  var importance: Int
  var role: Role = .statusBar

  /// The importance of what never goes.
  static let always = 100
}

extension ConsoleState {
  /// Where the cursor stands: "2/31", or what is known of it.
  var rankWords: String {
    guard let total = queue.knownTotal else { return queue.rows.isEmpty ? "0" : "" }
    if queue.rows.isEmpty { return total.isExact ? "0/\(total.value)" : "0" }
    // A ticket that has left the view is none of its tickets any more.
    let place = queue.anchor == nil ? queue.rank.map(String.init) ?? "?" : "-"
    return total.isExact ? "\(place)/\(total.value)" : "\(place) of at least \(total.value)"
  }

  /// "out 1 (0:08)"; nil with an empty outbox.
  func outboxWords(long: Bool) -> String? {
    let items = outbox.items
    guard !items.isEmpty else { return nil }
    var words = "out \(items.count)"
    if let held = outbox.held(at: now.timestamp).first, let until = held.holdUntil {
      words += " (\(long ? "hold " : "")\(Digits.span(until - now.timestamp)))"
    } else if items.contains(where: { $0.state.needsPerson }) {
      words += " (needs you)"
    }
    return words
  }

  /// The state of the line in one word.
  var linkWord: String {
    switch desk.link {
    case .connecting: "connecting"
    case .online: desk.syncing == nil ? "online" : "syncing"
    case .offline: "offline"
    case .limited: "limit"
    case .failing: "failing"
    case .signedOut: "signed out"
    }
  }

  var linkMark: String {
    if case .online = desk.link { return " ok " }
    return ""
  }

  /// The line and the age of the cache, in a sentence where it is not simply online.
  private var linkWords: String {
    switch desk.link {
    case .connecting: return syncingWords ?? "connecting, \(cacheAge)"
    case .online:
      if let syncing = syncingWords { return syncing }
      return desk.cachedAt == nil ? "online, never synced" : "online " + time.clock(now.timestamp)
    case .offline(let since):
      return "offline since \(time.short(since, now: now.timestamp)), \(cacheAge)"
    case .limited(let until): return "limit, again at \(time.clock(until)), \(cacheAge)"
    case .failing(let since, let reason):
      let facts = "since \(time.short(since, now: now.timestamp)), \(cacheAge)"
      let sentence = "\(DisplayText.clean(reason)) \(facts)"
      let room = size.width * 2 / 3
      return DisplayWidth.cells(of: sentence) > room ? "failing \(facts)" : sentence
    case .signedOut: return "signed out, \(cacheAge)"
    }
  }

  /// "cache 3h old", or that there is none.
  private var cacheAge: String {
    desk.cachedAt.map { "cache \(Digits.age(now.timestamp - $0)) old" } ?? "never synced"
  }

  /// What a running sync is at, and what it waits for; nil when none runs.
  var syncingWords: String? {
    guard let syncing = desk.syncing else { return waitingForLimit }
    let name = desk.cachedAt == nil ? "first sync" : "syncing"
    return "\(name): \(syncing)" + (waitingForLimit.map { ", \($0)" } ?? "")
  }

  /// Why no request leaves although the helpdesk answers; nil where none is held back for long.
  private var waitingForLimit: String? {
    guard let until = desk.waitsUntil, until > now.timestamp + 1 else { return nil }
    return "waiting for the rate limit until \(time.clock(until))"
  }

  /// Why the queue shows no ticket, while the reason is not that there is none.
  var neverSyncedWords: String? {
    guard desk.cachedAt == nil else { return nil }
    switch desk.link {
    case .connecting: return syncingWords ?? "never synced; connecting"
    case .online: return syncingWords ?? "never synced; \(shown(.refresh)) fetches the tickets"
    case .offline(let since):
      return "never synced, and offline since \(time.short(since, now: now.timestamp)); "
        + "it is tried again by itself"
    case .limited(let until): return "never synced; the limit is used up until \(time.clock(until))"
    case .failing(let since, let reason):
      return "never synced: \(DisplayText.clean(reason)) "
        + "since \(time.short(since, now: now.timestamp)); it is tried again by itself"
    case .signedOut: return "never synced: the helpdesk does not accept the key"
    }
  }

  /// Why nothing can be fetched now, within a sentence.
  var linkReason: String {
    switch desk.link {
    case .connecting: "the connection is being made"
    case .online: "the helpdesk did not answer"
    case .offline(let since): "offline since \(time.short(since, now: now.timestamp))"
    case .failing(_, let reason): DisplayText.clean(reason)
    case .limited(let until): "the rate limit is used up until \(time.clock(until))"
    case .signedOut: "the helpdesk does not accept the API key"
    }
  }

  /// Calls left of the plan's limit; nil until the helpdesk has named one.
  private var budgetWords: String? {
    desk.budget.map { "api \($0.remaining)/\($0.limit)" }
  }

  private var rightPieces: [StatusPiece] {
    var pieces: [StatusPiece] = []
    if let words = brakeWords {
      pieces.append(
        StatusPiece(text: words, importance: StatusPiece.always, role: .statusBarStrong))
    }
    if let out = outboxWords(long: false) {
      let isLate = outbox.items.contains { $0.state.needsPerson }
      pieces.append(
        StatusPiece(text: out, importance: 8, role: isLate ? .statusBarStrong : .statusBar))
    }
    if let bulk = bulkWords(long: size.width >= 100) {
      pieces.append(StatusPiece(text: bulk, importance: 9, role: .statusBarStrong))
    }
    if size.width >= 100, let budgetWords {
      pieces.append(StatusPiece(text: budgetWords, importance: 3))
    }
    if desk.cachedAt != nil, size.width >= 160, case .online = desk.link, let at = desk.cachedAt {
      pieces.append(
        StatusPiece(text: "cache \(Digits.age(now.timestamp - at)) old", importance: 2))
    }
    pieces.append(StatusPiece(text: linkWords, importance: 7))
    return pieces
  }

  private var leftPieces: [StatusPiece] {
    if let message { return [StatusPiece(text: message.text, importance: 10)] }
    if let startWords, dialogs.isEmpty { return [StatusPiece(text: startWords, importance: 10)] }
    if let dialog = dialogs.last { return [StatusPiece(text: words(for: dialog), importance: 10)] }
    if composer != nil { return [StatusPiece(text: composerWords, importance: 10)] }
    switch screen {
    case .outbox:
      let place = outbox.items.isEmpty ? 0 : outbox.viewport.cursor + 1
      let marked = outbox.marks.isEmpty ? "" : "  |\(outbox.marks.count) marked|"
      return [StatusPiece(text: "outbox \(place)/\(outbox.items.count)\(marked)", importance: 10)]
    case .drafts: return [StatusPiece(text: "drafts \(drafts.drafts.count)", importance: 10)]
    case .views, .log, .audit, .hits, .help:
      let place = pageCount == 0 ? 0 : page.viewport.cursor + 1
      let name = screen == .hits ? "search" : screen.rawValue
      return [StatusPiece(text: "\(name) \(place)/\(pageCount)", importance: 10)]
    case .desk: break
    }
    if focus != .queue { return threadPieces }
    let name = queue.viewIndex.map { "\($0 + 1) \(queue.name)" } ?? queue.name
    var pieces = [StatusPiece(text: "\(name) \(rankWords)", importance: 10)]
    if !queue.filter.isEmpty {
      pieces.append(StatusPiece(text: "filter \"\(queue.filter)\"", importance: 9))
    }
    pieces.append(StatusPiece(text: "by \(queue.query.sort.key.label)", importance: 4))
    if let anchor = queue.rangeAnchor {
      pieces.append(StatusPiece(text: "range from #\(anchor)", importance: 9))
    }
    if !queue.marks.isEmpty {
      let hidden = queue.hiddenMarks > 0 ? ", \(queue.hiddenMarks) hidden by the filter" : ""
      let text =
        size.width >= 100
        ? "| \(queue.marks.count) marked\(hidden) -> act on the \(queue.marks.count) |"
        : "|\(queue.marks.count) marked\(hidden)|"
      pieces.append(StatusPiece(text: text, importance: 9, role: .statusBarStrong))
    }
    return pieces
  }

  private var threadPieces: [StatusPiece] {
    let place =
      focus == .sidebar
      ? "sidebar \(sidebar.cursor + 1)/\(sidebarLines.count)" : "thread \(thread.percent)%"
    var pieces = [StatusPiece(text: place, importance: 9)]
    if focus == .thread, thread.search.isActive {
      pieces.append(
        StatusPiece(text: "/\(thread.search.words)  \(thread.search.summary)", importance: 8))
    }
    if !queue.marks.isEmpty {
      pieces.append(StatusPiece(text: "acts on this ticket, not on the marks", importance: 5))
    }
    if thread.isFetching { pieces.append(StatusPiece(text: "reading", importance: 6)) }
    return pieces
  }

  /// What an open box is about.
  private func words(for dialog: Dialog) -> String {
    switch dialog {
    case .review(let review):
      "\(review.message.kind.isPublic ? "compose public reply" : "private note")"
        + " #\(review.ticketID)"
    case .question: "nothing is done until you press y"
    case .picker: "nothing is written until you confirm"
    case .plan: "nothing is written until you confirm the plan"
    case .menu(let menu): menu.title.lowercased()
    case .line, .palette, .files, .canned, .reader: ""
    }
  }

  var composerWords: String {
    guard let composer else { return "" }
    let kind = composer.kind.isPublic ? "PUBLIC reply" : "PRIVATE note"
    let saved =
      composer.saveProblem != nil
      ? "NOT SAVED, only in this window"
      : composer.isSaved
        ? composer.savedAt.map { "draft saved \(time.preciseClock($0))" } ?? "new draft"
        : "draft not saved yet"
    let note = composer.note.map { "; " + $0 } ?? ""
    return "compose #\(composer.ticketID) (\(kind), \(saved)\(note))"
  }

  /// A message that is longer than the status row, in lines for it and for the row of hints; nil for
  /// others.
  private var longMessage: [String]? {
    guard let message, dialogs.isEmpty || layout.hints.height > 0 else { return nil }
    let room = layout.status.width - 2
    guard DisplayWidth.cells(of: message.text) > room else { return nil }
    return DisplayText.wrap(message.text, to: max(8, room), limit: 3)
  }

  /// The rest of a long message in place of the hints; false when there is none.
  func drawMessageRest(in frame: inout Frame) -> Bool {
    guard let lines = longMessage, lines.count > 1 else { return false }
    let rect = layout.hints
    let role = Self.barRole(message?.role)
    frame.fill(rect, role: role)
    let rest = lines.dropFirst().joined(separator: " ")
    frame.put(
      rest, at: Point(x: rect.x + 1, y: rect.y), role: role, width: max(0, rect.width - 2))
    return true
  }

  /// The row above the hints; in every frame.
  func drawStatus(in frame: inout Frame) {
    let rect = layout.status
    frame.fill(rect, role: .statusBar)
    if let line = longMessage?.first {
      let role = Self.barRole(message?.role)
      frame.fill(rect, role: role)
      frame.put(line, at: Point(x: rect.x + 1, y: rect.y), role: role, width: rect.width - 2)
      return
    }
    var right = rightPieces
    var left = leftPieces
    let gap = 2
    func width(_ pieces: [StatusPiece]) -> Int {
      pieces.reduce(0) { $0 + DisplayWidth.cells(of: $1.text) + gap }
    }
    // The message keeps at least half of the row; the rest goes by importance.
    while width(left) + width(right) > rect.width - 1, left.count + right.count > 1 {
      let leastLeft = left.count > 1 ? left.map(\.importance).min() ?? .max : .max
      let leastRight = right.map(\.importance).min() ?? .max
      if leastLeft == .max, right.isEmpty { break }
      if leastRight == StatusPiece.always, leastLeft == .max { break }
      if leastLeft <= leastRight {
        left.removeAll { $0.importance == leastLeft }
      } else if width(right) > rect.width / 2 || message != nil || right.count > 1 {
        right.removeAll { $0.importance == leastRight }
      } else {
        break
      }
    }
    let rightStart = rect.maxX - width(right) + (right.isEmpty ? 0 : gap - 1)
    var column = rect.x + 1
    for piece in left {
      let role: Role = message == nil ? piece.role : Self.barRole(message?.role)
      column = frame.put(
        piece.text, at: Point(x: column, y: rect.y), role: role,
        width: max(0, rightStart - column - 1))
      column += gap
    }
    column = rightStart
    for piece in right {
      column = frame.put(
        piece.text, at: Point(x: column, y: rect.y), role: piece.role,
        width: max(0, rect.maxX - column))
      column += gap
    }
  }

  /// Errors and warnings stand out in the bar without losing its background.
  private static func barRole(_ role: Role?) -> Role {
    switch role {
    case .error?, .warning?: .statusBarStrong
    default: .statusBar
    }
  }
}
