import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  mutating func openMenu(
    _ id: CommandID, _ tickets: [TicketID], _ areMarks: Bool
  ) -> [Effect] {
    let title: String
    let items: [Menu<MenuChoice>.Item]
    let present: MenuChoice?
    let now = areMarks ? nil : tickets.first.flatMap(presentRow)
    switch id {
    case .status:
      title = "STATUS"
      items = statusItems(mayAsk: true)
      present = now.map { .status($0.status, statusLabel($0.status)) }
    case .priority:
      title = "PRIORITY"
      present = now.map { .priority($0.priority) }
      items = TicketPriority.allCases.reversed().map {
        Menu.Item(
          .priority($0), title: $0.label, key: .character(Character($0.letter.lowercased())))
      }
    default:
      title = "TYPE"
      let ticket = thread.detail?.ticket
      present = !areMarks && ticket?.id == tickets.first ? ticket.map { .type($0.type) } : nil
      items =
        directory.types.enumerated().map { index, type in
          Menu.Item(.type(type), title: type, key: Self.digit(index))
        } + [Menu.Item(.type(nil), title: "no type")]
    }
    return openMenu(title + " of", items, tickets, areMarks, present: present)
  }

  /// The ticket as the screen shows it.
  private func presentRow(_ id: TicketID) -> QueueRow? {
    queue.rows.first { $0.id == id }
      ?? thread.detail.flatMap { $0.ticket.id == id ? $0.row : nil }
  }

  /// A menu of changes for these tickets. It begins on the value that the ticket has now.
  mutating func openMenu(
    _ title: String, _ items: [Menu<MenuChoice>.Item], _ tickets: [TicketID], _ areMarks: Bool,
    present: MenuChoice? = nil
  ) -> [Effect] {
    let subject =
      areMarks
      ? Digits.count(tickets.count, "marked ticket") : tickets.first.map { "#\($0)" } ?? ""
    return open(
      .menu(
        MenuState(
          title: "\(title) \(subject)", purpose: .change, tickets: tickets, isForMarks: areMarks,
          menu: Menu(items: Self.marking(present, in: items), selected: present))))
  }

  /// The items with the word "now" on one of them.
  private static func marking(
    _ present: MenuChoice?, in items: [Menu<MenuChoice>.Item]
  ) -> [Menu<MenuChoice>.Item] {
    items.map { item in
      guard item.id == present else { return item }
      var item = item
      item.detail = "now"
      return item
    }
  }

  /// The statuses of the account, or the vendor's own while the account's are not known.
  var statusChoices: [StatusChoice] {
    guard directory.statuses.isEmpty else { return directory.statuses }
    return [TicketStatus.open, .pending, .resolved, .closed].map {
      StatusChoice(status: $0, label: $0.defaultLabel)
    }
  }

  /// `mayAsk` where choosing leads to a question before anything is mailed.
  private func statusItems(mayAsk: Bool) -> [Menu<MenuChoice>.Item] {
    statusChoices.enumerated().map { index, choice in
      let mails = choice.status.isDone && directory.account.mailsCustomerOnClose
      return Menu.Item(
        .status(choice.status, choice.label), title: choice.label, key: Self.digit(index),
        detail: mails ? (mayAsk ? "asks: " : "") + "the customer may be mailed" : "")
    }
  }

  static func digit(_ index: Int) -> Key? {
    index < 9 ? .character(Character("\(index + 1)")) : nil
  }

  mutating func openSortMenu() -> [Effect] {
    let items = QueueSort.Key.allCases.enumerated().map { index, key in
      Menu.Item(
        MenuChoice.sort(key), title: key.label, key: Self.digit(index),
        detail: key == queue.query.sort.key ? "(current; select again to reverse)" : "")
    }
    let menu = Menu(items: items, selected: .sort(queue.query.sort.key))
    return open(
      .menu(
        MenuState(title: "SORT BY", purpose: .sort, tickets: [], isForMarks: false, menu: menu)))
  }

  mutating func openStatusMenu(for review: ReviewState) -> [Effect] {
    let none = Menu.Item(MenuChoice.noStatus, title: "leave it as it is", key: .character("0"))
    let items = [none] + statusItems(mayAsk: false)
    let present = MenuChoice.status(review.status, statusLabel(review.status))
    let chosen = review.message.thenStatus.map { MenuChoice.status($0, statusLabel($0)) }
    return open(
      .menu(
        MenuState(
          title: "STATUS TO SET WITH IT", purpose: .reviewStatus, tickets: [review.ticketID],
          isForMarks: false,
          menu: Menu(items: Self.marking(present, in: items), selected: chosen ?? .noStatus))))
  }

  mutating func pressInMenu(_ key: Key) -> [Effect] {
    guard case .menu(var state)? = dialogs.last else { return [] }
    let outcome = state.menu.handle(key, height: max(1, size.height - 6))
    dialogs[dialogs.count - 1] = .menu(state)
    switch outcome {
    case .moved, .ignored: return []
    case .cancelled:
      closeDialog()
      return []
    case .refused(let reason):
      say(reason, .warning)
      return []
    case .chosen(let choice):
      closeDialog()
      return take(choice, from: state)
    }
  }

  private mutating func take(_ choice: MenuChoice, from state: MenuState) -> [Effect] {
    func ask(_ change: FieldChange) -> [Effect] {
      [
        .prepareChange(
          ChangeRequest(change, tickets: state.tickets, isForMarks: state.isForMarks))
      ]
    }
    switch choice {
    case .status(let status, let label):
      if state.purpose == .reviewStatus { return setReviewStatus(status) }
      return ask(.status(status, label: label))
    case .noStatus: return setReviewStatus(nil)
    case .priority(let priority): return ask(.priority(priority))
    case .type(let type): return ask(.type(type))
    case .sort(let key): return setSort(key)
    case .macro(let index):
      guard settings.macros.indices.contains(index) else { return [] }
      return runMacro(settings.macros[index], state.tickets, isForMarks: state.isForMarks)
    }
  }
}
