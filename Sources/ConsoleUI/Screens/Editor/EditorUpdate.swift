import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  mutating func write(_ id: CommandID) -> [Effect] {
    switch id {
    case .reply: return compose(.reply)
    case .note: return compose(.privateNote)
    case .edit:
      if let ticket = currentTicket,
        let kind = DraftKind.allCases.first(where: { kind in
          leaving[DraftKey(ticketID: ticket, kind: kind)] != nil
        })
      {
        return compose(kind)
      }
      guard let ticket = currentTicket, let draft = drafts.of(ticket).first else {
        say(
          "no draft on this ticket; \(shown(.reply)) begins a reply, \(shown(.note)) a private note"
        )
        return []
      }
      return resume(draft)
    case .editorReview: return reviewComposer()
    case .editorCanned:
      return [.loadCanned]
    case .editorExternal:
      guard let composer else { return [] }
      let text = ReplyFile.text(
        of: composer.original, words: composer.editor.text, thread: thread.detail, time: time,
        now: now.timestamp)
      return saveComposer() + [.openEditor(text, composer.ticketID, composer.kind)]
    case .editorRecipients: return openRecipients()
    case .editorLeave: return leaveComposer()
    case .editorThreadUp, .editorThreadDown:
      thread.scroll(by: id == .editorThreadUp ? -1 : 1)
      return []
    default: return []
    }
  }

  /// Begins or takes up the one draft of a ticket and kind. The ticket is fixed here.
  private mutating func compose(_ kind: DraftKind) -> [Effect] {
    guard let id = currentTicket else { return [] }
    guard let detail = thread.detail, detail.ticket.id == id, thread.isFresh,
      !isSaving(DraftKey(ticketID: id, kind: kind))
    else {
      // The words begin as soon as the ticket has been read from the cache, and what was written
      // before is on disk.
      pendingReview = .edit(id, kind)
      return screen == .desk ? [] : [.findTicket(id)]
    }
    return begin(kind, detail, drafts.current(id, kind))
  }

  /// Takes one draft up again, a parked one too.
  mutating func resume(_ saved: SavedDraft) -> [Effect] {
    let id = saved.draft.ticketID
    guard let detail = thread.detail, detail.ticket.id == id, thread.isFresh,
      !isSaving(DraftKey(ticketID: id, kind: saved.draft.kind))
    else {
      pendingReview = .resume(id, saved.id)
      return screen == .desk && currentTicket == id ? [] : [.findTicket(id)]
    }
    return begin(saved.draft.kind, detail, saved)
  }

  /// Whether words of a draft are on their way to the disk or into the outbox.
  private func isSaving(_ key: DraftKey) -> Bool {
    savesUnderWay.contains(key) || unsent[key] != nil
  }

  private mutating func begin(
    _ kind: DraftKind, _ detail: TicketDetail, _ draft: SavedDraft?
  ) -> [Effect] {
    let id = detail.ticket.id
    let key = DraftKey(ticketID: id, kind: kind)
    pendingReview = nil
    guard composer?.key != key else {
      screen = .desk
      relayout()
      return []
    }
    let aside = setComposerAside()
    if let words = leaving[key] {
      // Words that are in memory only come before what is on disk.
      reopen(words)
      say("the words that could not be saved; they are saved again meanwhile", .warning)
      return aside
    }
    composer = Composer(
      detail: detail, kind: kind, saved: draft, signature: settings.signature)
    screen = .desk
    composer?.origin = focus
    if focus == .queue { focus = .thread }
    relayout()
    thread.showForAnswer()
    if draft != nil, message == nil { say("draft of #\(id) taken up again") }
    if kind.isPublic, composer?.requesterEmail.isEmpty == true {
      say(noAddressWords(detail), .warning)
    }
    return aside
  }

  /// That a reply would reach nobody, and what can be done instead.
  private func noAddressWords(_ detail: TicketDetail) -> String {
    let phone = [detail.requester?.phone, detail.requester?.mobile].compactMap(\.self)
      .first { !$0.isEmpty }
    let call = phone.map { "call \(DisplayText.clean($0)), or " } ?? ""
    return "the requester has no mail address: nobody would be mailed; \(call)write a private note"
  }

  /// What was asked for before the ticket had been read.
  mutating func continueWriting() -> [Effect] {
    guard let pending = pendingReview, thread.isFresh else { return [] }
    switch pending {
    case .edit(let id, let kind):
      guard id == thread.ticketID, !isSaving(DraftKey(ticketID: id, kind: kind)) else { return [] }
      pendingReview = nil
      guard let detail = thread.detail else {
        say("#\(id) is not in the cache yet; writing begins when it is", .warning)
        return []
      }
      return begin(kind, detail, drafts.current(id, kind))
    case .resume(let id, let number):
      guard id == thread.ticketID, let saved = drafts.drafts.first(where: { $0.id == number })
      else { return [] }
      guard !isSaving(DraftKey(ticketID: id, kind: saved.draft.kind)) else { return [] }
      pendingReview = nil
      guard let detail = thread.detail else {
        say("#\(id) is not in the cache yet; writing begins when it is", .warning)
        return []
      }
      return begin(saved.draft.kind, detail, saved)
    case .asPrivateNote(let id):
      guard id == thread.ticketID, let detail = thread.detail,
        let draft = drafts.current(id, .reply)
      else { return [] }
      pendingReview = nil
      return openReview(Composer(detail: detail, kind: .reply, saved: draft), asNote: true)
    case .macro(let id, let text, let status):
      guard id == thread.ticketID, let detail = thread.detail,
        !isSaving(DraftKey(ticketID: id, kind: .reply))
      else { return [] }
      pendingReview = nil
      let draft = drafts.current(id, .reply)
      let key = DraftKey(ticketID: id, kind: .reply)
      let isBegun = draft != nil || leaving[key] != nil || composer?.key == key
      let effects = begin(.reply, detail, draft)
      guard !isBegun else {
        say("#\(id) has a draft already; the macro's text was not put into it", .warning)
        return effects
      }
      return effects + insertMacro(text, status)
    }
  }

  mutating func typeInEditor(_ key: Key) -> [Effect] {
    guard var composer else { return [] }
    let area = ComposerLayout(
      rect: layout.composer ?? Rect(size: size), isPublic: composer.kind.isPublic
    ).text
    let before = composer.editor.text
    let isCursorKey = Self.movesOnly(key)
    guard composer.editor.handle(key, width: area.width, height: area.height) else { return [] }
    composer.editor.scroll(to: area.size)
    if !isCursorKey, composer.editor.text != before { composer.touch(now) }
    self.composer = composer
    if composer.editor.dropped > 0 { sayDropped(composer.editor.dropped, key) }
    return []
  }

  /// A text is full: says how much of what came last is not in it.
  private mutating func sayDropped(_ count: Int, _ key: Key) {
    var lost = Digits.count(count, "character")
    if case .paste(let text) = key, text.utf8.count >= KeyDecoder.longestPaste {
      lost = "at least " + lost
    }
    say(
      "FULL: \(lost) left out at the end; a text holds \(TextEditor.longestText) (Ctrl-z undoes)",
      .error)
  }

  private static func movesOnly(_ key: Key) -> Bool {
    switch key {
    case .left, .right, .up, .down, .home, .end, .pageUp, .pageDown, .wordLeft, .wordRight: true
    default: false
    }
  }

  // $EDITOR

  /// Takes back the file from `$EDITOR`: its words always, its header as far as it is right.
  mutating func takeEdited(
    _ id: TicketID, _ kind: DraftKind, _ outcome: EditorOutcome
  ) -> [Effect] {
    guard let composer, composer.ticketID == id, composer.kind == kind else { return [] }
    switch outcome {
    case .failed(let sentence):
      say(sentence, .error)
      return []
    case .unchanged:
      say("nothing was changed in $EDITOR; End goes to the end of a line here")
      return []
    case .saved(let text, let file, let notes):
      let read = ReplyFile.read(text, for: composer.original)
      guard !read.text.isEmpty else {
        say("the file from $EDITOR has no words; the draft is as it was", .error)
        return file.map { [.removeEdited($0)] } ?? []
      }
      self.composer?.editor.replace(with: read.text)
      self.composer?.ccEmails = read.ccEmails
      self.composer?.bccEmails = read.bccEmails
      self.composer?.touch(now)
      if let file {
        editedFiles.append(
          EditedWords(path: file, key: composer.key, revision: composer.revision + 1))
      }
      let problems = read.problems + notes
      if problems.isEmpty {
        say("taken from $EDITOR; \(shown(.editorReview, in: .editor)) goes to the review")
      } else {
        say("words taken; " + problems.joined(separator: "; "), .warning)
      }
      return saveComposer()
    }
  }

  // Canned replies

  /// Opens the search box over the canned replies.
  mutating func openCanned(_ all: [CannedResponse]) -> [Effect] {
    let own = settings.replies.enumerated().map { index, reply in
      CannedResponse(
        id: -1 - Int64(index), title: reply.name, folder: "yours", text: reply.text, html: "")
    }
    guard !(own + all).isEmpty else {
      say(
        "no canned replies: the helpdesk gives its own to administrators only; [[replies]] in "
          + "config.toml makes yours")
      return []
    }
    return open(.canned(CannedState(all: own + all)))
  }

  /// A macro's reply: the text goes into the draft of the ticket, and the review opens.
  private mutating func insertMacro(_ text: String, _ status: TicketStatus?) -> [Effect] {
    guard composer?.kind.isPublic == true else { return [] }
    let filled = fill(text)
    composer?.editor.insert(filled)
    composer?.thenStatus = status
    composer?.touch(now)
    return reviewComposer()
  }

  /// Puts a canned text where it was asked for.
  mutating func insertCanned(_ response: CannedResponse) -> [Effect] {
    let text = fill(response.text)
    if case .review(var review)? = dialogs.last {
      switch review.message {
      case .reply(var reply):
        reply.text += (reply.text.isEmpty ? "" : "\n\n") + text
        review.message = .reply(reply)
      case .privateNote(var note):
        note.text += (note.text.isEmpty ? "" : "\n\n") + text
        review.message = .privateNote(note)
      }
      review.isRead = false
      dialogs[dialogs.count - 1] = .review(review)
      return carryToComposer(review)
    }
    guard composer != nil else { return [] }
    composer?.editor.insert(text)
    composer?.touch(now)
    return []
  }

  /// Fills the placeholders that the ticket has words for; the others stay and stop the review.
  private func fill(_ text: String) -> String {
    guard let detail = thread.detail else { return text }
    let name = detail.requester?.name ?? detail.row.requesterName
    let values: [(String, String?)] = [
      ("ticket.id", detail.ticket.id.description), ("ticket.subject", detail.ticket.subject),
      ("ticket.requester.name", name),
      ("ticket.requester.firstname", name.split(separator: " ").first.map(String.init)),
      ("ticket.requester.email", detail.requester?.email), ("ticket.agent.name", me?.name),
      ("ticket.from_email", detail.requester?.email),
    ]
    return Placeholders.fill(text, values: values)
  }
}

/// Places in a text that are still to be filled, written `{{name}}`.
enum Placeholders {
  /// The first one left; nil when the text is complete.
  static func first(in text: String) -> String? {
    guard let start = text.firstRange(of: "{{") else { return nil }
    guard let end = text[start.upperBound...].firstRange(of: "}}") else { return nil }
    return String(text[start.lowerBound..<end.upperBound])
  }

  static func fill(_ text: String, values: [(String, String?)]) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "{{"),
      let end = rest[start.upperBound...].firstRange(of: "}}")
    {
      let name = String(rest[start.upperBound..<end.lowerBound]).trimmed
      result += rest[..<start.lowerBound]
      if let value = values.first(where: { $0.0 == name })?.1, !value.isEmpty {
        result += value
      } else {
        result += rest[start.lowerBound..<end.upperBound]
      }
      rest = rest[end.upperBound...]
    }
    return result + rest
  }
}
