import ConsoleModel
import Helpdesk
import MailText
import Terminal

/// The open thread: what is shown of it, laid out as far as it has been looked at.
public struct ThreadState: Equatable, Sendable {
  /// The ticket shown, whether or not its thread is there.
  public internal(set) var ticketID: TicketID?
  public internal(set) var detail: TicketDetail?
  /// Whether the cache has been asked since the ticket or the cache changed.
  var isFresh = false
  /// Whether the helpdesk is being asked for it.
  public internal(set) var isFetching = false
  var failure: String?
  var showsQuotes = false
  var showsHeaders = false
  var noteFilter = NoteFilter.both
  /// What the user has folded or unfolded, by conversation; 0 is the description.
  private var folds: [Int64: Bool] = [:]
  /// The entries shown, as indices into the detail's.
  private(set) var shown: [Int] = []
  private var lines: [Int: [ThreadLine]] = [:]
  /// The automatic answers among the entries, by conversation; they start folded.
  private var automatic: Set<Int64> = []
  /// The words of all entries; made when the first is laid out.
  private var earlier: EarlierWords?
  private(set) var size = Size(width: 80, height: 10)
  /// Nothing is laid out while no pane shows the thread.
  private(set) var isVisible = true
  /// Whether the scroll place has been chosen; not before the thread is seen.
  private var isPlaced = true
  private(set) var top = ThreadPlace.start
  /// The entry that fold keys mean, among those shown.
  private(set) var current = 0
  var search = ThreadSearch()
  /// What is to be shown as soon as the thread is there.
  private var sought: String?

  init() {}

  /// Begins with another ticket.
  mutating func open(_ id: TicketID?) {
    guard id != ticketID else { return }
    self = Self(keeping: self)
    ticketID = id
  }

  private init(keeping old: ThreadState) {
    showsQuotes = old.showsQuotes
    showsHeaders = old.showsHeaders
    noteFilter = old.noteFilter
    size = old.size
    isVisible = old.isVisible
  }

  /// Takes what the cache has; a reader's place is kept when it is the same ticket.
  mutating func take(_ newDetail: TicketDetail?) {
    let isFirst = detail == nil
    let place = entryID(current)
    let topID = entryID(top.entry)
    isFresh = true
    guard newDetail != detail || isFirst else { return }
    let hadThread = detail?.isThreadCached == true && detail?.entries.isEmpty == false
    detail = newDetail
    earlier = nil
    automatic = Set(
      (newDetail?.entries ?? []).lazy.filter(\.isAutomatic).map { $0.id?.rawValue ?? 0 })
    rebuild()
    if !hadThread {
      showNewest()
      showSought()
      return
    }
    if let topID, let entry = shown.firstIndex(where: { identity($0) == topID }) {
      top.entry = entry
    }
    if let place, let entry = shown.firstIndex(where: { identity($0) == place }) {
      current = entry
    }
    settle()
  }

  // Entries

  private func identity(_ index: Int) -> Int64 { detail?.entries[index].id?.rawValue ?? 0 }

  private func entryID(_ place: Int) -> Int64? {
    shown.indices.contains(place) ? identity(shown[place]) : nil
  }

  func entry(_ place: Int) -> ThreadEntry? {
    guard shown.indices.contains(place), let detail else { return nil }
    return detail.entries[shown[place]]
  }

  /// The number of a message in the whole thread, from 1, whatever else is shown.
  func number(of place: Int) -> Int { shown.indices.contains(place) ? shown[place] + 1 : place + 1 }

  /// Whether the entry is an automatic answer.
  func isAutomatic(_ place: Int) -> Bool {
    entryID(place).map { automatic.contains($0) } ?? false
  }

  func isFolded(_ place: Int) -> Bool {
    guard let id = entryID(place) else { return false }
    return folds[id] ?? automatic.contains(id)
  }

  /// Everything anew after filter, width or thread have changed.
  mutating func rebuild() {
    lines = [:]
    shown =
      detail?.entries.indices.filter { index in
        switch noteFilter {
        case .both: true
        case .privateOnly: detail?.entries[index].kind.isPrivate == true
        case .publicOnly: detail?.entries[index].kind.isPrivate == false
        }
      } ?? []
    current = max(0, min(current, shown.count - 1))
    top.entry = max(0, min(top.entry, shown.count - 1))
    settle()
    if search.isActive { find(search.words) }
  }

  /// Takes the pane's size; nil while no pane shows the thread.
  mutating func show(in size: Size?) {
    guard let size else {
      isVisible = false
      return
    }
    let wasVisible = isVisible
    isVisible = true
    resize(size)
    guard !wasVisible else { return }
    // A place that was chosen unseen, such as the end, is found now.
    if isPlaced { settle() } else { showNewest() }
  }

  private mutating func resize(_ size: Size) {
    guard size != self.size else { return }
    let isNarrower = size.width != self.size.width
    self.size = Size(width: max(20, size.width), height: max(1, size.height))
    if isNarrower { lines = [:] }
    settle()
    if isNarrower, search.isActive { find(search.words) }
  }

  // Lines

  /// The lines of an entry, laid out when they are first asked for.
  mutating func lines(of place: Int) -> [ThreadLine] {
    if let known = lines[place] { return known }
    guard let entry = entry(place), let detail else { return [] }
    let filesBefore = detail.entries[..<shown[place]].reduce(0) { $0 + $1.attachments.count }
    var earlier = EarlierWords()
    if !isFolded(place), MailText.hasQuoteSigns(entry.text) {
      earlier = self.earlier ?? EarlierWords(detail.entries.lazy.map(\.text))
      self.earlier = earlier
    }
    let layout = EntryLayout(
      width: size.width, showsQuotes: showsQuotes, showsHeaders: showsHeaders,
      isFolded: isFolded(place), firstFile: filesBefore + 1, earlier: earlier,
      earlierCount: shown[place])
    var made = layout.lines(of: entry)
    if place == shown.count - 1 {
      made.append(ThreadLine(kind: .words, indent: 0, bar: "", text: "", role: .normal))
      made.append(
        ThreadLine(kind: .end, indent: 0, bar: "", text: "-- end (\(shown.count)) --", role: .dim))
    }
    lines[place] = made
    return made
  }

  /// The lines on screen with their places, as far as they are laid out.
  var visibleLines: [(place: ThreadPlace, line: ThreadLine)] {
    var result: [(ThreadPlace, ThreadLine)] = []
    var place = top
    while result.count < size.height, place.entry < shown.count, let known = lines[place.entry] {
      for index in min(place.line, known.count)..<known.count where result.count < size.height {
        result.append((ThreadPlace(entry: place.entry, line: index), known[index]))
      }
      place = ThreadPlace(entry: place.entry + 1, line: 0)
    }
    return result
  }

  /// Puts the scroll place inside the thread and lays out what is on screen.
  mutating func settle() {
    guard isVisible else { return }
    guard !shown.isEmpty else {
      top = .start
      current = 0
      return
    }
    top.entry = max(0, min(top.entry, shown.count - 1))
    top.line = max(0, min(top.line, lines(of: top.entry).count - 1))
    var seen = lines(of: top.entry).count - top.line
    var last = top.entry
    while seen < size.height, last + 1 < shown.count {
      last += 1
      seen += lines(of: last).count
    }
    if seen < size.height { scrollBack(size.height - seen) }
    current = max(top.line == 0 ? top.entry : min(top.entry + 1, last), min(current, last))
    if top.line > 0, last == top.entry { current = top.entry }
  }

  private mutating func scrollBack(_ count: Int) {
    var left = count
    while left > 0 {
      if top.line >= left {
        top.line -= left
        return
      }
      left -= top.line
      guard top.entry > 0 else {
        top.line = 0
        return
      }
      top.entry -= 1
      top.line = lines(of: top.entry).count
    }
  }

  // Moving

  /// Scrolls by lines; at the edge the current message moves instead.
  mutating func scroll(by count: Int) {
    guard !shown.isEmpty else { return }
    let before = (top, current)
    if count < 0 {
      scrollBack(-count)
    } else {
      top.line += count
      while top.line >= lines(of: top.entry).count, top.entry + 1 < shown.count {
        top.line -= lines(of: top.entry).count
        top.entry += 1
      }
    }
    settle()
    if top == before.0 {
      current = max(0, min(shown.count - 1, before.1 + (count < 0 ? -1 : 1)))
      settle()
    }
  }

  mutating func showFirst() {
    top = .start
    current = 0
    settle()
  }

  mutating func showLast() {
    top = ThreadPlace(entry: max(0, shown.count - 1), line: .max / 2)
    current = max(0, shown.count - 1)
    settle()
    current = max(0, shown.count - 1)
  }

  /// What an answer is about: the end, or the newest message of the customer where the pane does not
  /// reach back to it. A long message is shown from its beginning.
  mutating func showForAnswer() {
    showLast()
    guard isVisible,
      let place = shown.indices.last(where: { entry($0)?.kind == .customer }),
      visibleLines.first.map({ ThreadPlace(entry: place, line: 0) < $0.place }) ?? false
    else { return }
    top = ThreadPlace(entry: place, line: 0)
    settle()
    current = place
  }

  /// The first entry that has not been seen, else the newest one.
  mutating func showNewest() {
    guard isVisible else {
      isPlaced = false
      return
    }
    isPlaced = true
    let new = shown.indices.first { entry($0)?.isNew == true }
    let place = new ?? max(0, shown.count - 1)
    top = ThreadPlace(entry: place, line: 0)
    current = place
    settle()
    current = place
  }

  /// Shows the text that a search found, now or when the thread has been read.
  mutating func seek(_ words: String) {
    sought = words
    showSought()
  }

  private mutating func showSought() {
    guard let words = sought, detail?.isThreadCached == true else { return }
    sought = nil
    // The whole phrase where it stands in the thread, else the first of its words that does.
    let parts = words.split { $0 == " " || $0 == "\"" }.map(String.init)
    let phrase = parts.joined(separator: " ")
    guard let found = ([phrase] + parts).first(where: { holds($0.lowercased()) }) else { return }
    find(found)
    search.index = 0
    _ = showMatch(0)
  }

  private func holds(_ wanted: String) -> Bool {
    !wanted.isEmpty
      && shown.contains { detail?.entries[$0].text.lowercased().contains(wanted) == true }
  }

  mutating func reveal(_ place: ThreadPlace) {
    let isVisible = visibleLines.contains { $0.place == place }
    if !isVisible {
      top = place
      scrollBack(min(2, size.height / 3))
    }
    settle()
    current = place.entry
  }

  // Folding

  mutating func toggleFold() { setFold(of: current, to: !isFolded(current)) }

  mutating func setFold(of place: Int, to isFolded: Bool) {
    guard let id = entryID(place) else { return }
    folds[id] = isFolded
    lines[place] = nil
    if top.entry == place { top.line = 0 }
    settle()
    current = place
  }

  mutating func foldAll(_ isFolded: Bool) {
    for place in shown.indices {
      if let id = entryID(place) { folds[id] = isFolded }
    }
    lines = [:]
    top = ThreadPlace(entry: current, line: 0)
    settle()
  }

  /// How far one has read, in percent; an estimate until all has been laid out.
  var percent: Int {
    guard !shown.isEmpty, let last = visibleLines.last else { return 100 }
    let count = lines[last.place.entry]?.count ?? 1
    let read = Double(last.place.entry) + Double(last.place.line + 1) / Double(max(1, count))
    return min(100, Int(read * 100 / Double(shown.count)))
  }
}
