import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The person's own sets of changes, with what each of them does.
  mutating func openMacroMenu(_ tickets: [TicketID], _ areMarks: Bool) -> [Effect] {
    guard !settings.macros.isEmpty else {
      say("there are no macros yet; [[macros]] in the settings makes one")
      return []
    }
    let items = settings.macros.enumerated().map { index, macro in
      var item = Menu.Item(MenuChoice.macro(index), title: macro.name, key: Self.digit(index))
      switch resolve(macro) {
      case .success(let change):
        item.detail = macro.reply == nil ? preview(change) : replyPreview(macro)
        if macro.reply != nil, areMarks || tickets.count != 1 {
          item.disabledReason = "a macro with a reply is for one ticket; unmark the others first"
        }
      case .failure(let failure): item.disabledReason = failure.sentence
      }
      return item
    }
    return openMenu("MACRO for", items, tickets, areMarks)
  }

  private func replyPreview(_ macro: Preferences.MacroDefinition) -> String {
    "PUBLIC reply" + (macro.status.map { " and \($0)" } ?? "") + "; the review asks"
  }

  /// Runs a macro: its changes, or its reply through the review.
  mutating func runMacro(
    _ macro: Preferences.MacroDefinition, _ tickets: [TicketID], isForMarks: Bool
  ) -> [Effect] {
    switch resolve(macro) {
    case .failure(let failure):
      say(failure.sentence, .warning)
      return []
    case .success(let change):
      guard let text = macro.reply else {
        return [
          .prepareChange(ChangeRequest(change, tickets: tickets, isForMarks: isForMarks))
        ]
      }
      guard let id = tickets.first, !isForMarks else { return [] }
      let status = macro.status.flatMap { name in
        statusChoices.first { Self.isSame($0.label, name) }?.status
      }
      pendingReview = .macro(id, text, status)
      thread.isFresh = false
      return thread.ticketID == id ? [.loadDetail(id)] : []
    }
  }

  private func preview(_ change: FieldChange) -> String {
    guard case .several(_, let parts) = change else { return change.done }
    let mails = change.mailsCustomer(directory.account) ? "; asks: the customer may be mailed" : ""
    return parts.map(\.done).joined(separator: ", ") + mails
  }

  /// The macro's words as changes of this helpdesk; the failure names the word that it does not know.
  func resolve(_ macro: Preferences.MacroDefinition) -> Result<FieldChange, CallFailure> {
    var parts: [FieldChange] = []
    func unknown(_ what: String, _ name: String) -> Result<FieldChange, CallFailure> {
      .failure(CallFailure("macro \"\(macro.name)\": there is no \(what) \"\(name)\""))
    }
    if let name = macro.status {
      guard let choice = statusChoices.first(where: { Self.isSame($0.label, name) }) else {
        return unknown("status", name)
      }
      parts.append(.status(choice.status, label: choice.label))
    }
    if let name = macro.priority {
      guard let priority = TicketPriority.allCases.first(where: { Self.isSame($0.label, name) })
      else { return unknown("priority", name) }
      parts.append(.priority(priority))
    }
    if let name = macro.group {
      let group = directory.groups.first { Self.isSame($0.group.name, name) }?.group
      guard group != nil || name == "none" else { return unknown("group", name) }
      parts.append(.group(group?.id, name: group?.name ?? "none"))
    }
    if let name = macro.agent {
      let agent =
        name == "me"
        ? me
        : directory.agents.first {
          Self.isSame($0.agent.name, name) || Self.isSame($0.agent.email ?? "", name)
        }?.agent
      guard agent != nil || name == "none" else { return unknown("agent", name) }
      parts.append(.agent(agent?.id, name: agent?.name ?? "none"))
    }
    if let name = macro.type {
      let type = directory.types.first { Self.isSame($0, name) }
      guard type != nil || name == "none" else { return unknown("type", name) }
      parts.append(.type(type))
    }
    if !macro.tags.isEmpty {
      let removed = macro.tags.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
      let added = macro.tags.filter { !$0.hasPrefix("-") }
        .map { $0.hasPrefix("+") ? String($0.dropFirst()) : $0 }
      parts.append(.tags(add: added, remove: removed))
    }
    return .success(.several(name: macro.name, parts))
  }

  private static func isSame(_ name: String, _ typed: String) -> Bool {
    name.lowercased() == typed.lowercased()
  }
}
