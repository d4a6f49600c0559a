import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// Names that fit what is typed, with what they do and their key; after the name its arguments.
  func commandSuggestions(_ text: String) -> [Suggestion] {
    guard let blank = text.firstIndex(of: " ") else {
      let typed = text.lowercased()
      return keys.records.compactMap { record -> Suggestion? in
        guard let name = record.name, name.hasPrefix(typed) else { return nil }
        let key = keys.shownKey(record.id, in: screen == .desk ? mainPlace : place)
        return Suggestion(
          text: Self.argument(of: record.id) != nil ? name + " " : name,
          detail: record.title + (key.map { "  (\($0))" } ?? ""))
      }.sorted { $0.text < $1.text }
    }
    let name = String(text[..<blank])
    let head = name + " "
    let rest = text[text.index(after: blank)...].lowercased()
    func list(_ words: [String]) -> [Suggestion] {
      words.filter { rest.isEmpty || $0.lowercased().contains(rest) }.prefix(12)
        .map { Suggestion(text: head + $0, detail: "") }
    }
    switch name {
    case "assign":
      return list(
        directory.agents.map(\.agent.name) + directory.groups.map { "#" + $0.group.name }
          + ["nobody"])
    case "status": return list(directory.statuses.map(\.label))
    case "priority": return list(TicketPriority.allCases.map(\.label))
    case "type": return list(directory.types)
    case "stop": return list(["on", "off"])
    case "theme": return list(Self.themeNames)
    case "sort": return list(QueueSort.Key.allCases.map(\.label))
    case "view": return list(directory.views.map(\.name))
    default: return []
    }
  }

  /// What may follow a command's name; nil for a command that takes nothing.
  public static func argument(of id: CommandID) -> String? {
    switch id {
    case .assign: "NAME | #GROUP | me | nobody"
    case .status: "STATUS"
    case .priority: "PRIORITY"
    case .type: "TYPE"
    case .tags: "+TAG -TAG"
    case .sort: "KEY"
    case .goViews: "NAME | NUMBER"
    case .searchAll, .filter, .markPattern: "WORDS"
    case .goToNumber: "NUMBER"
    case .editQuery: "QUERY"
    case .stopSending: "on | off"
    case .theme: "NAME"
    default: nil
    }
  }

  static let themeNames = ["auto"] + Theme.allCases.map(\.rawValue)

  /// The main place behind boxes and lines.
  private var mainPlace: Place {
    switch focus {
    case .queue: .queue
    case .thread: .thread
    case .sidebar: .sidebar
    }
  }

  func argumentEffects(_ text: String) -> [Effect] {
    text.hasPrefix("tag ") ? [.findTags(Self.tagBeginning(text))] : []
  }

  /// Runs a line: the command's name, then its argument.
  mutating func run(_ text: String) -> [Effect] {
    let name = String(text.prefix { $0 != " " })
    let argument = String(text.dropFirst(name.count)).trimmed
    guard !name.isEmpty else {
      closeDialog()
      return []
    }
    if let number = Int64(name.trimming("#")), argument.isEmpty {
      closeDialog()
      return [.findTicket(TicketID(number))]
    }
    let id = Self.shortNames[name]
    guard let record = keys.records.first(where: { $0.name == name || $0.id == id }) else {
      return refuse("there is no command \(name); Tab lists those there are")
    }
    if let reason = commandReason(record) { return refuse(reason) }
    if argument.isEmpty, record.id != .stopSending {
      closeDialog()
      return ask(for: record.id)
    }
    guard let effects = run(record.id, argument) else {
      return refuse(unknownArgument(record.id, argument))
    }
    return effects
  }

  /// Why an argument is not taken, with what would be.
  private func unknownArgument(_ id: CommandID, _ argument: String) -> String {
    func known(_ what: String, _ names: [String]) -> String {
      "there is no \(what) \"\(argument)\"; there are \(names.joined(separator: ", "))"
    }
    switch id {
    case .goViews: return known("view", directory.views.map(\.name))
    case .status: return known("status", directory.statuses.map(\.label))
    case .priority: return known("priority", TicketPriority.allCases.map(\.label))
    case .type: return known("type", directory.types)
    case .sort: return known("sort key", QueueSort.Key.allCases.map(\.label))
    case .assign: return "\"\(argument)\" is not exactly one agent; Tab lists agents and #groups"
    case .stopSending: return "\"\(argument)\" is neither on nor off"
    case .goToNumber: return "\"\(argument)\" is not a ticket number"
    case .theme: return known("theme", Self.themeNames)
    default: return "this command takes no argument"
    }
  }

  private static let shortNames: [String: CommandID] = [
    "q": .quit, "q!": .quit, "quit": .quit, "h": .help, "wq": .quit, "sync": .refresh,
  ]

  /// Why a command of the line cannot work on what lies under it.
  private mutating func commandReason(_ record: CommandRecord) -> String? {
    disabledReason(record)
  }

  private mutating func refuse(_ problem: String) -> [Effect] {
    guard case .line(var line)? = dialogs.last else { return [] }
    line.problem = problem
    dialogs[dialogs.count - 1] = .line(line)
    return []
  }

  /// A command with its argument; nil when the argument means nothing to it.
  private mutating func run(_ id: CommandID, _ argument: String) -> [Effect]? {
    let (ids, areMarks) = targets
    func request(_ change: FieldChange) -> [Effect] {
      [.prepareChange(ChangeRequest(change, tickets: ids, isForMarks: areMarks))]
    }
    let effects: [Effect]
    switch id {
    case .assign:
      guard let change = assignment(argument) else { return nil }
      effects = request(change)
    case .status:
      guard let choice = directory.statuses.first(where: { matches($0.label, argument) })
      else { return nil }
      effects = request(.status(choice.status, label: choice.label))
    case .priority:
      guard let priority = TicketPriority.allCases.first(where: { matches($0.label, argument) })
      else { return nil }
      effects = request(.priority(priority))
    case .type:
      guard let type = directory.types.first(where: { matches($0, argument) }) else { return nil }
      effects = request(.type(type))
    case .tags:
      closeDialog()
      return changeTags(argument, ids, areMarks)
    case .sort:
      guard let key = QueueSort.Key.allCases.first(where: { matches($0.label, argument) })
      else { return nil }
      closeDialog()
      return setSort(key)
    case .goViews:
      let number = Int(argument).map { $0 - 1 }
      let index =
        number ?? directory.views.firstIndex { matches($0.name, argument) } ?? -1
      guard directory.views.indices.contains(index) else { return nil }
      closeDialog()
      return showView(index)
    case .searchAll: effects = [.search(argument)]
    case .goToNumber:
      guard let number = Int64(argument.trimming("#")) else { return nil }
      effects = [.findTicket(TicketID(number))]
    case .stopSending: return turnStopSwitch(argument)
    case .theme:
      guard Self.themeNames.contains(argument) else { return nil }
      effects = [.useTheme(Theme(rawValue: argument))]
      say(
        "theme \(argument) until the console ends; theme = \"\(argument)\" in config.toml keeps it")
    case .editQuery: return [.parseQuery(argument)]
    case .filter:
      closeDialog()
      return setFilter(argument)
    case .markPattern:
      var query = queue.filteredQuery
      query.text = query.text.isEmpty ? argument : query.text + " " + argument
      effects = [.find(.add("that match \"\(argument)\""), query)]
    default: return nil
    }
    closeDialog()
    return effects
  }

  private func matches(_ label: String, _ text: String) -> Bool {
    label.lowercased().hasPrefix(text.lowercased())
  }

  private func assignment(_ text: String) -> FieldChange? {
    let wanted = text.lowercased()
    if wanted == "me", let me { return .agent(me.id, name: me.name) }
    if wanted == "nobody" { return .agent(nil, name: "--") }
    if wanted.hasPrefix("#") {
      return directory.groups.first { matches($0.group.name, String(text.dropFirst())) }
        .map { .group($0.group.id, name: $0.group.name) }
    }
    // Exactly one agent must be meant; a name that fits several is refused.
    let exact = directory.agents.filter { $0.agent.name.lowercased() == wanted }
    let found =
      exact.isEmpty
      ? directory.agents.filter { load in
        load.agent.name.lowercased().split(separator: " ").contains { $0.hasPrefix(wanted) }
          || load.agent.name.lowercased().hasPrefix(wanted)
      } : exact
    guard found.count == 1, let agent = found.first?.agent else { return nil }
    return .agent(agent.id, name: agent.name)
  }
}
