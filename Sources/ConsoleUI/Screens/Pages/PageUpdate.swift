import Helpdesk
import Terminal

extension ConsoleState {
  /// Rows of the page that is open.
  var pageCount: Int {
    switch screen {
    case .views: directory.views.count
    case .hits: page.found.count
    case .help: page.lines.count
    case .log: LogText(self).lines.count
    case .audit: AuditText(self).count
    case .desk, .outbox, .drafts: 0
    }
  }

  /// `?`: the keys of this place, and pressed again those of all places. Over a box or the editor a
  /// box of its own, so that nothing under it is lost.
  mutating func openHelp() -> [Effect] {
    guard dialogs.isEmpty, composer == nil || screen != .desk else { return openHelpBox() }
    if screen == .help {
      helpShowsAll.toggle()
    } else {
      let place = place
      show(.help)
      helpPlace = place
      helpShowsAll = false
    }
    page.lines = HelpText(table: keys, place: helpPlace, showsAll: helpShowsAll).lines
    page.move(to: page.viewport.cursor, count: page.lines.count)
    return []
  }

  private mutating func openHelpBox() -> [Effect] {
    // Help on the keys of a box of text to read is on the hint bar.
    if case .reader? = dialogs.last { return [] }
    let width = ReaderLayout(size: size).text.width
    let lines = HelpText(table: keys, place: place).lines.flatMap { line in
      line.key.isEmpty
        ? DisplayText.wrap(line.text, to: width).map { TextRun($0, line.role) }
        : [TextRun(DisplayText.pad(line.key, to: 16) + " " + line.text, line.role)]
    }
    return open(.reader(ReaderState(title: "HELP  \(place.title)", lines: lines)))
  }

  /// What a search found: customers, then texts, newest first.
  mutating func show(_ lines: [SearchLine], for words: String) -> [Effect] {
    dialogs.removeAll()
    show(.hits)
    page.found = lines
    page.words = words
    if lines.isEmpty { say("nothing found for \(words)") }
    return []
  }

  /// Goes to the next row of the list in focus that holds the searched text.
  mutating func showPageMatch(_ step: Int) {
    let texts = pageTexts
    let wanted = page.matchWords
    guard !wanted.isEmpty, !texts.isEmpty else {
      say(
        wanted.isEmpty
          ? "no search yet; \(shown(.searchText, in: place)) searches this list"
          : "no match for \(wanted)")
      return
    }
    let start = listCursor
    let count = texts.count
    let direction = step < 0 ? -1 : 1
    for distance in (step == 0 ? 0 : 1)...count {
      let row = ((start + direction * distance) % count + count) % count
      guard texts[row].lowercased().contains(wanted) else { continue }
      moveList(to: row, count: count)
      return
    }
    say("no match for \(wanted)")
  }

  private var listCursor: Int {
    switch screen {
    case .desk: sidebar.cursor
    case .outbox: outbox.viewport.cursor
    case .drafts: drafts.viewport.cursor
    case .views, .log, .audit, .hits, .help: page.viewport.cursor
    }
  }

  private mutating func moveList(to row: Int, count: Int) {
    switch screen {
    case .desk: sidebar.move(to: row, count: count, height: max(1, layout.sidebar?.height ?? 1))
    case .outbox: outbox.move(to: row)
    case .drafts: drafts.viewport.move(to: row, count: count, height: drafts.height)
    case .views, .log, .audit, .hits, .help: page.move(to: row, count: count)
    }
  }

  private var pageTexts: [String] {
    switch screen {
    case .views: directory.views.map(\.name)
    case .hits:
      page.found.map { line in
        switch line {
        case .customer(let hit): ([hit.name] + hit.details).joined(separator: " ")
        case .ticket(let hit): hit.subject + " " + hit.snippet + " " + hit.requesterName
        }
      }
    case .help: page.lines.map { $0.key + " " + $0.text }
    case .log: LogText(self).lines.map(\.text)
    case .audit:
      AuditText(self).notes.map(\.text) + audit.records.map { AuditText(self).line(of: $0) }
    case .outbox: outbox.items.map { OutboxText(self).searchText(of: $0) }
    case .drafts: drafts.drafts.map { "\($0.draft.ticketID) \($0.draft.text.prefix(2000))" }
    case .desk: sidebarLines.map(\.text)
    }
  }
}
