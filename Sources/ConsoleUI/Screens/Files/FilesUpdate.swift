import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// Files of all entries in order, then the addresses named in their words.
  mutating func openFiles() -> [Effect] {
    guard let detail = thread.detail, detail.ticket.id == currentTicket else {
      say("the ticket is not in the cache yet")
      return []
    }
    var items = detail.entries.flatMap(\.attachments).prefix(200).map { file in
      FilesState.Item(
        title: "\(file.name)  \(Digits.bytes(file.size))", address: file.url, file: file)
    }
    var seen: Set<String> = []
    for entry in detail.entries {
      for address in WebAddresses.find(in: entry.text, limit: 100)
      where seen.insert(address).inserted && items.count < 300 {
        items.append(FilesState.Item(title: address, address: address))
      }
    }
    guard !items.isEmpty else {
      say("this thread has no files and no links")
      return []
    }
    return open(.files(FilesState(ticket: detail.ticket.id, items: Array(items))))
  }

  /// A key in the box of files.
  mutating func performInFiles(_ id: CommandID) -> [Effect] {
    guard case .files(let files)? = dialogs.last,
      files.items.indices.contains(files.viewport.cursor)
    else { return [] }
    let item = files.items[files.viewport.cursor]
    switch id {
    case .fileSave:
      guard let file = item.file else { return refuseLink() }
      closeDialog()
      return [.proposePath([file], files.ticket)]
    case .fileSaveAll:
      let all = files.items.compactMap(\.file)
      guard !all.isEmpty else { return refuseLink() }
      closeDialog()
      return [.proposePath(all, files.ticket)]
    case .fileView:
      guard let file = item.file else { return refuseLink() }
      guard file.size <= Self.longestViewed else {
        say("\(file.name) is too large to be shown here; s saves it", .warning)
        return []
      }
      closeDialog()
      say("fetching \(file.name)")
      return [.viewFile(file, files.ticket)]
    case .fileCopy:
      guard let address = item.address else {
        say("the helpdesk gave no address for it; R reads the ticket again", .warning)
        return []
      }
      return [.copy(address)]
    case .fileOpen: return openFile(files)
    default: return []
    }
  }

  /// The most bytes of a file that is shown in a box.
  private static let longestViewed: Int64 = 1 << 20

  private mutating func refuseLink() -> [Effect] {
    say("this is a link, not a file; o opens it, y copies it")
    return []
  }

  mutating func openFile(_ files: FilesState) -> [Effect] {
    guard files.items.indices.contains(files.viewport.cursor) else { return [] }
    let item = files.items[files.viewport.cursor]
    closeDialog()
    guard let address = item.address else {
      say("the helpdesk gave no address for it; R reads the ticket again", .warning)
      return []
    }
    return [.openAddress(address)]
  }

  /// The prompt for where files are saved, with a place to begin with.
  mutating func askForPath(_ files: [Attachment], _ ticket: TicketID, _ proposal: String)
    -> [Effect]
  {
    open(.line(LinePrompt(.saveFiles(files, ticket), text: proposal)))
  }

  /// What came of saving. Where nothing else has been begun since, a failure opens the prompt again
  /// with the path that was typed.
  mutating func takeSavedFiles(
    _ files: [Attachment], _ ticket: TicketID, _ place: String,
    _ result: Result<String, CallFailure>
  ) -> [Effect] {
    switch result {
    case .success(let text):
      say(text)
      return []
    case .failure(let failure):
      guard dialogs.isEmpty, composer == nil, currentTicket == ticket else {
        say(failure.sentence, .error)
        return []
      }
      var line = LinePrompt(.saveFiles(files, ticket), text: place)
      line.problem = failure.sentence
      return open(.line(line))
    }
  }

  /// A text file to be read in a box. The answer may come long after the key: over anything that was
  /// begun since, the box would take keys that are meant for that.
  mutating func showFile(
    _ name: String, of ticket: TicketID, _ result: Result<String, CallFailure>
  ) -> [Effect] {
    switch result {
    case .success(let text):
      guard dialogs.isEmpty, composer == nil, pendingKeys.isEmpty, currentTicket == ticket else {
        say("\(name) of #\(ticket) is fetched; \(shown(.fileView, in: .files)) shows it")
        return []
      }
      let width = ReaderLayout(size: size).text.width
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(20_000)
        .flatMap { DisplayText.wrap(String($0), to: max(8, width)) }
      return open(.reader(ReaderState(title: name, lines: lines.map { TextRun($0) })))
    case .failure(let failure):
      say(failure.sentence, .error)
      return []
    }
  }

  /// The box of files: the list, and the whole address below it.
  func drawFiles(_ files: FilesState, in frame: inout Frame) {
    let width = min(100, size.width - 4)
    let address =
      files.items.indices.contains(files.viewport.cursor)
      ? files.items[files.viewport.cursor].address : nil
    let detail = DisplayText.wrap(
      address ?? "no address is known; R reads the ticket again", to: max(8, width - 4),
      limit: max(1, size.height / 3))
    let inside = drawBox(
      title: "FILES AND LINKS  \(files.items.count)", width: width,
      lines: min(files.items.count + detail.count + 2, size.height - 4), in: &frame)
    let rows = inside.splitBottom(min(detail.count + 1, max(0, inside.height - 1)))
    var shown = files.viewport
    shown.fit(count: files.items.count, height: rows.rest.height)
    for (offset, index) in shown.visible(count: files.items.count, height: rows.rest.height)
      .enumerated()
    {
      let isCursor = index == files.viewport.cursor
      let line = Rect(x: inside.x, y: inside.y + offset, width: inside.width, height: 1)
      if isCursor {
        frame.fill(line, role: .menuItemSelected)
        frame.restCursor(at: line.origin)
      }
      frame.put(
        "\(isCursor ? ">" : " ") [\(index + 1)] \(files.items[index].title)", at: line.origin,
        role: isCursor ? .menuItemSelected : .menuItem, width: line.width)
    }
    frame.horizontalRule(at: rows.bottom.origin, width: rows.bottom.width)
    for (offset, text) in detail.prefix(max(0, rows.bottom.height - 1)).enumerated() {
      frame.put(
        text, at: Point(x: rows.bottom.x + 1, y: rows.bottom.y + 1 + offset), role: .dim,
        width: rows.bottom.width - 1)
    }
  }
}
