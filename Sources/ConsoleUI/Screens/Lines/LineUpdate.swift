import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// Opens a line of text to type in.
  mutating func openLine(_ id: CommandID) -> [Effect] {
    switch id {
    case .filter: return open(.line(LinePrompt(.filter, text: queue.filter)))
    case .searchText: return open(.line(LinePrompt(.searchText)))
    case .searchAll: return open(.line(LinePrompt(.searchAll)))
    case .goToNumber: return open(.line(LinePrompt(.number)))
    case .markPattern: return open(.line(LinePrompt(.pattern)))
    case .editQuery: return [.describeQuery(queue.filteredQuery)]
    case .commandLine:
      var line = LinePrompt(.command)
      line.suggestions = commandSuggestions("")
      return open(.line(line))
    case .palette: return open(.palette(PaletteState(origin: place)))
    case .tags:
      let (ids, areMarks) = targets
      return open(.line(LinePrompt(.tags(ids, isForMarks: areMarks)))) + [.findTags("")]
    default: return []
    }
  }

  /// A key in a line: text, and what it brings at once.
  mutating func editLine(_ key: Key) -> [Effect] {
    guard case .line(var line)? = dialogs.last else { return [] }
    let before = line.field.text
    guard line.field.handle(key) else { return [] }
    line.problem = nil
    line.cursor = nil
    let text = line.field.text
    if case .command = line.purpose { line.suggestions = commandSuggestions(text) }
    dialogs[dialogs.count - 1] = .line(line)
    guard text != before else { return [] }
    switch line.purpose {
    case .filter: return setFilter(text)
    case .tags: return [.findTags(Self.tagBeginning(text))]
    case .command: return argumentEffects(text)
    case .query: return [.completeQuery(text)]
    case .attach, .saveFiles: return [.findPaths(text)]
    default: return []
    }
  }

  /// What a query may become.
  mutating func suggest(_ completions: [QueryCompletion]) -> [Effect] {
    guard case .line(var line)? = dialogs.last, line.purpose == .query else { return [] }
    line.suggestions = completions.map { Suggestion(text: $0.text, detail: $0.detail) }
    dialogs[dialogs.count - 1] = .line(line)
    return []
  }

  /// Paths that may complete the one that is being typed.
  mutating func suggestPaths(_ paths: [String], for beginning: String) {
    guard case .line(var line)? = dialogs.last, line.purpose.isPath,
      line.field.text == beginning
    else { return }
    line.suggestions = paths.map { Suggestion(text: $0, detail: "") }
    if case .attach = line.purpose {
      line.problem = paths.isEmpty && !beginning.isEmpty ? "no such path" : nil
    }
    line.cursor = nil
    dialogs[dialogs.count - 1] = .line(line)
  }

  /// The letters of the tag that is being typed.
  static func tagBeginning(_ text: String) -> String {
    guard let last = text.split(separator: " ", omittingEmptySubsequences: false).last,
      last.hasPrefix("+")
    else { return "" }
    return String(last.dropFirst())
  }

  /// Tags that may complete the word that is being typed.
  mutating func suggestTags(_ tags: [String]) -> [Effect] {
    guard case .line(var line)? = dialogs.last else { return [] }
    let text = line.field.text
    let head = text.lastIndex(of: " ").map { String(text[...$0]) } ?? ""
    line.suggestions = tags.map { Suggestion(text: head + "+" + $0, detail: "") }
    dialogs[dialogs.count - 1] = .line(line)
    return []
  }

  /// Enter: the line is taken.
  mutating func takeLine(_ line: LinePrompt) -> [Effect] {
    let chosen = line.cursor.flatMap { row in
      line.suggestions.indices.contains(row) ? line.suggestions[row].text : nil
    }
    let text = (chosen ?? line.field.text).trimmed
    remember(text, of: line.purpose)
    switch line.purpose {
    case .filter:
      closeDialog()
      if !text.isEmpty {
        say("\(queue.knownTotal?.words ?? "?") match; Esc clears the filter")
      }
      return []
    case .query: return [.parseQuery(text)]
    case .command: return run(text)
    default: break
    }
    if case .recipients = line.purpose { return takeRecipients(text) }
    closeDialog()
    guard !text.isEmpty else { return [] }
    switch line.purpose {
    case .searchText: return searchHere(text)
    case .searchAll: return [.search(text)]
    case .number:
      guard let number = Int64(text.trimming("# ")), number > 0 else {
        say("\"\(text)\" is not a ticket number")
        return []
      }
      return [.findTicket(TicketID(number))]
    case .pattern:
      var query = queue.filteredQuery
      query.text = query.text.isEmpty ? text : query.text + " " + text
      return [.find(.add("that match \"\(text)\""), query)]
    case .attach: return [.lookAtFile(text)]
    case .saveFiles(let files, let ticket):
      say(files.count == 1 ? "fetching \(files[0].name)" : "fetching \(files.count) files")
      return [.saveFiles(files, ticket, text)]
    case .tags(let ids, let areMarks): return changeTags(text, ids, areMarks)
    default: return []
    }
  }

  private mutating func searchHere(_ text: String) -> [Effect] {
    switch place {
    case .thread:
      thread.find(text)
      if thread.search.matches.isEmpty {
        say("no match for \(text)")
      } else {
        _ = thread.showMatch(0)
      }
    default:
      page.matchWords = text.lowercased()
      showPageMatch(0)
    }
    return []
  }

  /// "+vpn -old": what is to be added and removed.
  mutating func changeTags(_ text: String, _ ids: [TicketID], _ areMarks: Bool) -> [Effect] {
    var (add, remove): ([String], [String]) = ([], [])
    for word in text.split(separator: " ") {
      let tag = String(word.dropFirst(word.hasPrefix("+") || word.hasPrefix("-") ? 1 : 0))
      guard !tag.isEmpty, tag.count <= 32 else {
        say("\"\(word)\" is not a valid tag: 1 to 32 characters", .warning)
        return []
      }
      if word.hasPrefix("-") { remove.append(tag) } else { add.append(tag) }
    }
    guard !(add.isEmpty && remove.isEmpty) else { return [] }
    return [
      .prepareChange(
        ChangeRequest(.tags(add: add, remove: remove), tickets: ids, isForMarks: areMarks))
    ]
  }
}
