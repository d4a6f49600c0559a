import ConsoleModel
import Helpdesk
import Terminal

/// One line of the picker.
struct PickerChoice: Equatable {
  enum Who: Equatable {
    case agent(AgentID)
    case group(GroupID)
    case nobody
  }

  var who: Who
  var name: String
  var group: String
  var openCount: Int
  var note: String
}

extension ConsoleState {
  mutating func openPicker(
    _ ids: [TicketID], isForMarks: Bool, tickets: [Ticket]
  ) -> [Effect] {
    var picker = PickerState(tickets: ids, isForMarks: isForMarks)
    let free = tickets.filter { $0.agentID == nil }.count
    let openCount = tickets.filter { $0.status == .open }.count
    let draftCount = ids.filter { drafts.tickets.contains($0) }.count
    picker.facts = ["\(free) without agent", "\(openCount) Open"]
    if draftCount > 0 { picker.facts.append("\(draftCount) with a draft of yours") }
    return open(.picker(picker))
  }

  /// Agents and groups that the typed letters leave, best first.
  func choices(_ picker: PickerState) -> [PickerChoice] {
    let words = picker.field.text.lowercased().split(separator: " ").map {
      $0.hasPrefix("#") ? String($0.dropFirst()) : String($0)
    }
    let wantsGroups = picker.showsGroups || picker.field.text.hasPrefix("#")
    var result: [PickerChoice] = []
    if !wantsGroups {
      for load in directory.agents {
        let first = load.groupNames.first ?? ""
        result.append(
          PickerChoice(
            who: .agent(load.agent.id), name: load.agent.name, group: first,
            openCount: load.openCount, note: load.agent.isAvailable ? "" : "away"))
      }
      if words.isEmpty || "nobody".hasPrefix(words[0]) {
        result.append(
          PickerChoice(who: .nobody, name: "nobody", group: "", openCount: 0, note: "unassign"))
      }
    }
    for load in directory.groups {
      result.append(
        PickerChoice(
          who: .group(load.group.id), name: "#" + load.group.name, group: "(group)",
          openCount: load.openCount,
          note: load.group.agentIDs.isEmpty
            ? "" : Digits.count(load.group.agentIDs.count, "agent")))
    }
    guard !words.isEmpty else { return result }
    return result.compactMap { choice -> (PickerChoice, Int)? in
      let name = choice.name.lowercased()
      guard words.allSatisfy({ name.contains($0) }) else { return nil }
      let begins = name.split { $0 == " " || $0 == "#" || $0 == "-" }
        .contains { $0.hasPrefix(words[0]) }
      return (choice, begins ? 0 : 1)
    }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  mutating func editPicker(_ key: Key) -> [Effect] {
    guard case .picker(var picker)? = dialogs.last else { return [] }
    if picker.field.handle(key) { picker.cursor = 0 }
    dialogs[dialogs.count - 1] = .picker(picker)
    return []
  }

  mutating func performInPicker(_ id: CommandID) -> [Effect] {
    guard case .picker(var picker)? = dialogs.last else { return [] }
    let choices = choices(picker)
    switch id {
    case .pickUp: picker.cursor = max(0, picker.cursor - 1)
    case .pickDown: picker.cursor = max(0, min(choices.count - 1, picker.cursor + 1))
    case .pickKind:
      picker.showsGroups.toggle()
      picker.cursor = 0
    case .pickCancel:
      dialogs.removeAll()
      say(picker.isForMarks ? "nothing was changed; the marks are kept" : "nothing was changed")
      return []
    case .pickPlan:
      guard choices.indices.contains(picker.cursor) else {
        say("nobody matches")
        return []
      }
      let choice = choices[picker.cursor]
      let change: FieldChange =
        switch choice.who {
        case .agent(let agent): .agent(agent, name: choice.name)
        case .group(let group): .group(group, name: String(choice.name.dropFirst()))
        case .nobody: .agent(nil, name: "--")
        }
      return [
        .prepareChange(
          ChangeRequest(change, tickets: picker.tickets, isForMarks: picker.isForMarks))
      ]
    case .pickRoundRobin: return roundRobin(picker, choices)
    default: return []
    }
    dialogs[dialogs.count - 1] = .picker(picker)
    return []
  }

  private mutating func roundRobin(_ picker: PickerState, _ choices: [PickerChoice]) -> [Effect] {
    guard choices.indices.contains(picker.cursor),
      case .group(let id) = choices[picker.cursor].who,
      let group = directory.groups.first(where: { $0.group.id == id })?.group
    else {
      say("round-robin needs a group under the cursor; Tab shows groups", .warning)
      return []
    }
    say("reading who is in #\(group.name)")
    return [.readGroup(group.id)]
  }

  /// The members are known: the plan shares the tickets out among them. Without an answer the members
  /// read before are used, and the status line says so.
  mutating func takeGroup(_ id: GroupID, _ result: Result<Group, CallFailure>) -> [Effect] {
    guard case .picker(let picker)? = dialogs.last,
      let known = directory.groups.first(where: { $0.group.id == id })?.group
    else { return [] }
    let members: [AgentID]
    switch result {
    case .success(let group): members = group.agentIDs
    case .failure(let failure):
      guard !known.agentIDs.isEmpty else {
        say("no round-robin in #\(known.name): \(failure.sentence)", .warning)
        return []
      }
      members = known.agentIDs
      say("#\(known.name) as it was last read: \(failure.sentence)", .warning)
    }
    guard !members.isEmpty else {
      say("nobody is in #\(known.name); assign to the group, or choose another one", .warning)
      return []
    }
    return [
      .prepareChange(
        ChangeRequest(
          .roundRobin(members, names: members.map(agentName), group: known.name),
          tickets: picker.tickets, isForMarks: true))
    ]
  }
}
