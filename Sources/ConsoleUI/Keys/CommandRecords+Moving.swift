/// The records of the commands, by subject.
enum CommandRecords {
  static let all: [CommandRecord] =
    moving + views + marks + words + fields + showing + screens + items + writing + boxes

  static let lists: [Place] = Place.main + Place.pages
  static let work: [Place] = [.queue, .thread]

  static let moving: [CommandRecord] = [
    CommandRecord(.rowDown, "j / Down", lists + [.reader], "next row or line", hint: "move"),
    CommandRecord(.rowUp, "k / Up", lists + [.reader], "previous row or line"),
    CommandRecord(.first, "g g / Home", lists + [.reader], "first", hint: "first", name: "first"),
    CommandRecord(.last, "G / End", lists + [.reader], "last", name: "last"),
    CommandRecord(.halfDown, "Ctrl-d", lists + [.reader], "half a page down"),
    CommandRecord(.halfUp, "Ctrl-u", lists + [.reader], "half a page up"),
    CommandRecord(.pageDown, "Ctrl-f / PgDn", lists + [.reader], "page down")
      .also("Space", [.thread, .reader]),
    CommandRecord(.pageUp, "Ctrl-b / PgUp", lists + [.reader], "page up"),
    CommandRecord(.goIn, "l / Right", work, "focus the next pane in: thread, sidebar", hint: "in"),
    CommandRecord(
      .goOut, "h / Left", [.thread, .sidebar], "back one level: to the thread, to the queue",
      hint: "out"),
    CommandRecord(.nextPane, "Tab", lists, "next pane", hint: "pane"),
    CommandRecord(.previousPane, "Shift-Tab", lists, "previous pane"),
    CommandRecord(
      .open, "Enter", lists, "open the ticket, fold the message, open the item", hint: "open"),
    CommandRecord(
      .leave, "Esc", lists, "clear search, filter or range; else back one level", hint: "back"),
    CommandRecord(
      .quitLevel, "q", lists, "back one level; in the queue of a view: quit", hint: "back"),
    CommandRecord(.quit, "Q", lists, "quit from anywhere", name: "quit"),
    CommandRecord(
      .nextTicket, "J", work, "next ticket without leaving the thread", hint: "ticket",
      name: "next"),
    CommandRecord(.previousTicket, "K", work, "previous ticket", name: "previous"),
    CommandRecord(
      .nextNeedsAnswer, "Ctrl-n", work, "next ticket that needs an answer",
      name: "next-unanswered"),
    CommandRecord(
      .previousNeedsAnswer, "Ctrl-p", work, "previous ticket that needs an answer",
      name: "previous-unanswered"),
    CommandRecord(.goBack, "-", work, "change to the last view or ticket and back", name: "back"),
    CommandRecord(.goToNumber, "#", work, "go to a ticket by its number", name: "open"),
  ]

  static let views: [CommandRecord] =
    [
      CommandRecord(.previousView, "[", work, "previous saved view"),
      CommandRecord(.nextView, "]", work, "next saved view"),
      CommandRecord(
        .filter, "Slash", [.queue], "filter the rows as you type", hint: "find", name: "filter"),
      CommandRecord(
        .searchText, "Slash", [.thread, .sidebar, .outbox] + Place.pages,
        "search the text on this screen", hint: "search"),
      CommandRecord(
        .editQuery, "\\", work, "edit the whole query of this view", name: "query"),
      CommandRecord(.nextMatch, "n", lists, "next match"),
      CommandRecord(.previousMatch, "N", lists, "previous match"),
      CommandRecord(
        .searchAll, "g Slash", lists, "search subjects and threads of all tickets",
        hint: "search all", name: "search"),
      CommandRecord(.sort, "S", [.queue], "sort menu", hint: "sort", name: "sort"),
    ]
    + CommandID.viewCommands.enumerated().map { index, id in
      CommandRecord(id, "\(index + 1)", work, "saved view \(index + 1)")
    }

  static let marks: [CommandRecord] = [
    CommandRecord(.markAndDown, "Space", [.queue], "mark and go down"),
    CommandRecord(.mark, "x", [.queue], "mark without moving", hint: "mark"),
    CommandRecord(.markRange, "v", [.queue], "start or end a range of marks"),
    CommandRecord(
      .markAll, "* a", [.queue], "mark all in this view", hint: "all", name: "mark-all"),
    CommandRecord(.markNone, "* n", [.queue], "unmark all", hint: "none", name: "unmark"),
    CommandRecord(
      .markInverse, "* i", [.queue], "invert the marks", hint: "invert", name: "mark-inverse"),
    CommandRecord(
      .markPattern, "* Slash", [.queue], "mark by text in subject or requester", hint: "by text",
      name: "mark"),
    CommandRecord(
      .markUnassigned, "* u", [.queue], "mark those without an agent", hint: "unassigned",
      name: "mark-unassigned"),
    CommandRecord(
      .markOverdue, "* o", [.queue], "mark those overdue", hint: "overdue", name: "mark-overdue"),
    CommandRecord(
      .markAgain, "* r", [.queue],
      "restore the last marks (after a bulk action: the failed tickets)",
      hint: "last marks", name: "mark-again"),
  ]
}
