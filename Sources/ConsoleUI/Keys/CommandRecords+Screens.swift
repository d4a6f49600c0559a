extension CommandRecords {
  static let screens: [CommandRecord] = [
    CommandRecord(.redraw, "Ctrl-l", Place.allCases, "redraw the screen", name: "redraw"),
    CommandRecord(
      .theme, "", [], "colours: auto, dark, light, high-contrast or neutral", name: "theme"),
    CommandRecord(.suspend, "Ctrl-z", Place.allCases, "suspend", name: "suspend"),
    CommandRecord(
      .stopWaiting, "Ctrl-c", lists, "stop the bulk action or the sync that runs",
      name: "stop-waiting"),
    CommandRecord(
      .stopSending, "Ctrl-t", Place.allCases,
      "stop switch: nothing of this account is sent; again lets it go on (asks)", name: "stop"),
    CommandRecord(.goOutbox, "g o", lists, "outbox", hint: "outbox", name: "outbox"),
    CommandRecord(.goDrafts, "g d", lists, "drafts", hint: "drafts", name: "drafts"),
    CommandRecord(
      .goQueue, "g q", lists, "home: the queue of the view", hint: "home", name: "queue"),
    CommandRecord(.goViews, "g v", lists, "list of views", hint: "views", name: "view"),
    CommandRecord(
      .goContact, "g c", work, "tickets of this contact", hint: "contact", name: "contact",
      needs: [.ticket]),
    CommandRecord(
      .goCompany, "g C", work, "tickets of this company", hint: "company", name: "company",
      needs: [.ticket]),
    CommandRecord(
      .goActivity, "g a", work, "all activity of this ticket", name: "activity",
      needs: [.ticket], unavailable: "activity: not in this version"),
    CommandRecord(.goLog, "g s", lists, "sync, limits and log", hint: "log", name: "log"),
    CommandRecord(
      .goAudit, "g A", lists, "audit log: who did what, and whether it is intact",
      hint: "audit", name: "audit"),
    CommandRecord(
      .goNumbers, "g r", lists, "numbers: backlog, age, load", name: "numbers",
      unavailable: "numbers: not in this version"),
    CommandRecord(.palette, "Ctrl-k", lists, "palette of all commands", name: "palette"),
    CommandRecord(.commandLine, ":", lists, "command line", hint: "command"),
    CommandRecord(
      .help, "? / F1", lists + [.review, .plan, .prompt, .menu, .files, .reader],
      "keys of this place; again: of all places", hint: "help", name: "help"
    ),
    CommandRecord(
      .legend, "g l", lists, "legend: what the marks and columns mean", hint: "legend",
      name: "legend"),
    CommandRecord(
      .flush, "$", work + [.outbox], "send what waits in the outbox now", hint: "flush",
      name: "flush", needs: [.writing]),
  ]

  static let items: [CommandRecord] = [
    CommandRecord(
      .itemRetry, "r", [.outbox], "retry a failed item; look again for an unknown one",
      hint: "retry", needs: [.item, .writing]),
    CommandRecord(
      .itemSend, "s", [.outbox], "send a stopped item (asks again)", hint: "send",
      needs: [.item, .writing]),
    CommandRecord(
      .itemEdit, "e", [.outbox, .drafts], "edit the item: it returns to its draft",
      hint: "edit", needs: [.item, .writing]),
    CommandRecord(
      .itemPrivate, "c", [.outbox], "review the item as a private note",
      needs: [.item, .writing]),
    CommandRecord(
      .itemDiscard, "D", [.outbox, .drafts], "discard the item (asks)", hint: "discard",
      needs: [.item]),
    CommandRecord(
      .itemOpenTicket, "o", [.outbox, .drafts], "open its ticket", hint: "ticket",
      needs: [.item]),
    CommandRecord(
      .itemMark, "Space", [.outbox], "mark the item and go down", needs: [.item]),
  ]

  static let writing: [CommandRecord] = [
    CommandRecord(
      .editorReview, "Ctrl-x", [.editor], "go to the review (sends nothing)", hint: "review"),
    CommandRecord(.editorCanned, "Ctrl-o", [.editor], "canned reply", hint: "canned"),
    CommandRecord(
      .editorExternal, "Ctrl-e", [.editor], "hand over to $EDITOR", hint: "$EDITOR"),
    CommandRecord(
      .editorRecipients, "Ctrl-r", [.editor], "Cc and Bcc of the reply", hint: "Cc/Bcc"),
    CommandRecord(
      .editorThreadUp, "Shift-Up", [.editor], "scroll the message above the editor back"),
    CommandRecord(
      .editorThreadDown, "Shift-Down", [.editor],
      "scroll the message above the editor on"),
    CommandRecord(
      .editorLeave, "Esc / Ctrl-c", [.editor], "leave and keep the draft", hint: "keep draft"),
    CommandRecord(
      .reviewSend, "y", [.review], "send; a private note: save", hint: "send",
      needs: [.writing]),
    CommandRecord(.reviewEdit, "e", [.review], "edit", hint: "edit"),
    CommandRecord(.reviewView, "v", [.review], "view all of the text", hint: "view"),
    CommandRecord(.reviewNews, "l", [.review], "read what is new in the thread", hint: "new"),
    CommandRecord(.reviewStatus, "s", [.review], "status to set with it", hint: "status"),
    CommandRecord(.reviewAttach, "a", [.review], "attach a file", hint: "attach"),
    CommandRecord(.reviewDetach, "x", [.review], "detach the last file"),
    CommandRecord(.reviewCanned, "t", [.review], "canned text", hint: "canned"),
    CommandRecord(
      .reviewPrivate, "c", [.review], "turn it into a private note", hint: "private note"),
    CommandRecord(.reviewKeep, "p", [.review], "keep as draft and leave", hint: "keep draft"),
    CommandRecord(
      .reviewBack, "n / Esc / Enter / Ctrl-c / q", [.review], "go back and change nothing",
      hint: "back"),
  ]

  static let boxes: [CommandRecord] = [
    CommandRecord(.pickUp, "Up", [.picker], "choose above"),
    CommandRecord(.pickDown, "Down", [.picker], "choose below", hint: "pick"),
    CommandRecord(.pickKind, "Tab", [.picker], "agents or groups", hint: "agents/groups"),
    CommandRecord(
      .pickRoundRobin, "Ctrl-r", [.picker], "round-robin over the chosen group",
      hint: "round-robin"),
    CommandRecord(
      .pickNote, "Ctrl-n", [.picker], "add a private note to the change",
      unavailable: "a note with a bulk change: not in this version"),
    CommandRecord(
      .pickPlan, "Enter", [.picker], "show the plan (writes nothing)", hint: "plan"),
    CommandRecord(
      .pickCancel, "Esc / Ctrl-c", [.picker], "cancel, the marks are kept", hint: "back"),
    CommandRecord(.planApply, "y", [.plan], "apply", hint: "apply", needs: [.writing]),
    CommandRecord(.planEdit, "e", [.plan], "choose again", hint: "choose again"),
    CommandRecord(.planDrop, "-", [.plan], "drop one ticket from the plan", hint: "drop one"),
    CommandRecord(
      .planReport, "D", [.plan], "write the plan to a file (dry run)", hint: "dry run"),
    CommandRecord(.planDown, "j / Down", [.plan], "next ticket of the plan"),
    CommandRecord(.planUp, "k / Up", [.plan], "previous ticket of the plan"),
    CommandRecord(
      .planBack, "n / q / Esc / Enter / Ctrl-c", [.plan], "go back, the marks are kept",
      hint: "back"),
    CommandRecord(.fileSave, "s", [.files], "save the file", hint: "save"),
    CommandRecord(.fileSaveAll, "S", [.files], "save all files of the thread", hint: "save all"),
    CommandRecord(.fileView, "v", [.files], "view a text file here", hint: "view"),
    CommandRecord(.fileCopy, "y", [.files], "copy the address", hint: "copy"),
    CommandRecord(.fileOpen, "o", [.files], "open it in a browser", hint: "open"),
    CommandRecord(.yes, "y", [.prompt], "yes", hint: "yes"),
    CommandRecord(.no, "n / q / Esc / Enter / Ctrl-c", [.prompt], "no", hint: "no")
      .also("Esc / Enter / Ctrl-c", [.number]),
    CommandRecord(
      .choose, "Enter", [.menu, .palette, .command, .filter, .line, .canned, .files],
      "select", hint: "select"),
    CommandRecord(
      .cancel, "Esc / Ctrl-c",
      [.menu, .palette, .command, .filter, .line, .canned, .files, .reader],
      "cancel", hint: "cancel"
    ).also("q", [.menu, .files, .reader]),
    CommandRecord(
      .complete, "Tab", [.command, .line], "complete the word", hint: "complete"),
    CommandRecord(
      .chooseNext, "Down", [.menu, .palette, .command, .filter, .line, .canned, .files],
      "next choice", hint: "choose"
    ).also("j", [.menu, .files]),
    CommandRecord(
      .choosePrevious, "Up", [.menu, .palette, .command, .filter, .line, .canned, .files],
      "previous choice"
    ).also("k", [.menu, .files]),
  ]
}
