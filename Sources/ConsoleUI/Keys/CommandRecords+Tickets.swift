extension CommandRecords {
  private static let later = "not in this version"

  static let words: [CommandRecord] = [
    CommandRecord(
      .reply, "r", work, "reply to the customer (PUBLIC)", hint: "reply", name: "reply",
      needs: [.ticket, .writing]),
    CommandRecord(
      .note, "c", work, "comment: a PRIVATE note for agents", hint: "note", name: "note",
      needs: [.ticket, .writing]),
    CommandRecord(
      .forward, "f", work, "forward", name: "forward", needs: [.ticket],
      unavailable: "forward: \(later)"),
    CommandRecord(
      id: .publicNote, bindings: [], title: "begin a public note", name: "public-note",
      needs: [.ticket], unavailable: "public note: \(later)"),
  ]

  static let fields: [CommandRecord] = [
    CommandRecord(
      .assign, "a", work, "assign to an agent or #group", hint: "assign", name: "assign",
      needs: [.target, .writing]),
    CommandRecord(
      .take, "A", work, "take it: assign to me", hint: "take", name: "take",
      needs: [.target, .writing, .me]),
    CommandRecord(
      .status, "s", work, "status menu", hint: "status", name: "status",
      needs: [.target, .writing]),
    CommandRecord(
      .resolve, "d", work, "done: resolve, then the next ticket", hint: "done", name: "resolve",
      needs: [.target, .writing]),
    CommandRecord(
      id: .close, bindings: [], title: "close (asks when the customer may be mailed)",
      name: "close", needs: [.target, .writing]),
    CommandRecord(
      .priority, "p", work, "priority menu", name: "priority", needs: [.target, .writing]),
    CommandRecord(.tags, "t", work, "tags", name: "tag", needs: [.target, .writing]),
    CommandRecord(.type, "T", work, "ticket type", name: "type", needs: [.target, .writing]),
    CommandRecord(
      .edit, "e", work, "resume the draft of this ticket", hint: "draft", name: "edit",
      needs: [.ticket, .writing]),
    CommandRecord(
      .macro, "m", work, "macro: several changes in one step", name: "macro",
      needs: [.target, .writing]),
    CommandRecord(
      .merge, "M", work, "merge into another ticket", name: "merge", needs: [.ticket],
      unavailable: "merge: \(later)"),
    CommandRecord(
      .create, "C", work, "create a ticket", name: "create",
      unavailable: "create: \(later)"),
    CommandRecord(
      .watch, "w", work, "watch or stop watching", name: "watch", needs: [.ticket],
      unavailable: "watch: \(later)"),
    CommandRecord(
      .snooze, "b", work, "snooze: hide it until a time", name: "snooze", needs: [.ticket],
      unavailable: "snooze: \(later)"),
    CommandRecord(
      .timer, ",", work, "start or stop the time tracker", name: "timer", needs: [.ticket],
      unavailable: "time tracker: \(later)"),
    CommandRecord(
      .undo, "u", work + [.outbox], "undo: take back what is held, or queue the opposite",
      hint: "undo", name: "undo", needs: [.writing]),
    CommandRecord(
      .redo, "U", work + [.outbox], "redo what was undone", name: "redo",
      needs: [.writing]),
    CommandRecord(
      .repeatLast, ".", lists, "repeat the last action", name: "repeat", needs: [.history]),
    CommandRecord(
      .copyNumber, "y", work, "copy the ticket number", hint: "copy", name: "copy-number",
      needs: [.ticket]),
    CommandRecord(
      .copyAddress, "Y", work, "copy the address of its page", name: "copy-url",
      needs: [.ticket]),
    CommandRecord(
      .openBrowser, "o", work, "open in the browser", name: "browse", needs: [.ticket]),
    CommandRecord(
      .files, "F", work, "files and links of the thread", hint: "files", name: "files",
      needs: [.ticket]),
    CommandRecord(
      .pipe, "|", work, "pipe the ticket to a command", name: "pipe", needs: [.ticket],
      unavailable: "pipe: \(later)"),
    CommandRecord(
      .shell, "!", work, "shell command", name: "shell", unavailable: "shell: \(later)"),
  ]

  static let showing: [CommandRecord] = [
    CommandRecord(.headers, "H", [.thread], "recipients on or off", name: "headers"),
    CommandRecord(
      .foldMessage, "z a", [.thread], "fold or unfold this message", hint: "this message"),
    CommandRecord(
      .foldAll, "z M", [.thread], "fold all messages", hint: "fold all", name: "fold-all"),
    CommandRecord(
      .unfoldAll, "z R", [.thread], "unfold all messages", hint: "unfold all", name: "unfold-all"),
    CommandRecord(
      .quotes, "z q", [.thread], "quoted text on or off", hint: "quotes", name: "quotes"),
    CommandRecord(
      .notes, "z n", [.thread], "private notes only, public only, both", hint: "notes only",
      name: "notes"),
    CommandRecord(.sidebar, "i", work, "contact sidebar on or off", hint: "info", name: "sidebar"),
    CommandRecord(.preview, "P", work, "preview on or off", name: "preview"),
    CommandRecord(.larger, "+", work, "next size of the pane", name: "larger"),
    CommandRecord(.smaller, "_", work, "previous size of the pane", name: "smaller"),
    CommandRecord(
      .refresh, "R / F5 / Ctrl-r", lists, "refresh now", hint: "refresh", name: "refresh"),
  ]
}
