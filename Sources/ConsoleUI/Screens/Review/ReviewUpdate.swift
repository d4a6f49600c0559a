import ConsoleModel
import Helpdesk
import MailText
import Terminal

extension ConsoleState {
  /// Ctrl-x: the review of what is in the editor. Sends nothing.
  mutating func reviewComposer() -> [Effect] {
    guard let composer else { return [] }
    guard composer.hasWords else {
      say("there are no words yet")
      return []
    }
    return saveComposer() + openReview(composer, asNote: false)
  }

  mutating func openReview(_ composer: Composer, asNote: Bool) -> [Effect] {
    let detail = thread.detail.flatMap { $0.ticket.id == composer.ticketID ? $0 : nil }
    var known = Set<String>()
    for entry in detail?.entries ?? [] {
      known.formUnion((entry.toEmails + entry.ccEmails).map { $0.lowercased() })
    }
    known.formUnion((detail?.ticket.ccEmails ?? []).map { $0.lowercased() })
    known.insert(composer.requesterEmail.lowercased())
    let message: ReviewedMessage =
      switch composer.kind {
      case .reply where !asNote:
        .reply(
          ReplyReview(
            toEmail: composer.requesterEmail, ccEmails: composer.ccEmails,
            bccEmails: composer.bccEmails, text: composer.editor.text,
            attachments: composer.attachments, thenStatus: composer.thenStatus,
            seenConversationID: composer.seenConversationID))
      case .reply, .privateNote:
        .privateNote(
          NoteReview(
            text: composer.editor.text, attachments: composer.attachments,
            thenStatus: composer.thenStatus))
      }
    var review = ReviewState(
      ticketID: composer.ticketID, subject: composer.subject,
      requesterName: composer.requesterName, status: detail?.ticket.status ?? .open,
      message: message, draftKind: composer.kind,
      newEntries: newEntries(since: composer.seenConversationID, in: detail),
      knownAddresses: known,
      hasOtherDraft: drafts.of(composer.ticketID).contains { $0.id != composer.reference?.id })
    review.draft = composer.reference
    review.ownNewReplies = (detail?.entries ?? []).filter { entry in
      guard let id = entry.id, let seen = composer.seenConversationID else { return false }
      return id > seen && entry.kind == .reply && entry.authorID == me?.id.rawValue
    }
    review.answeredAddresses = answered(in: detail)
    review.knownDomains = Set(known.map(MailAddress.domain)).union(directory.account.ownDomains)
      .union((detail?.company?.domains ?? []).map { $0.lowercased() })
    return open(.review(review))
  }

  /// Everybody that the public replies so far have gone to; nil where there was none.
  private func answered(in detail: TicketDetail?) -> Set<String>? {
    let replies = (detail?.entries ?? []).filter { $0.kind == .reply }
    guard !replies.isEmpty else { return nil }
    return Set(replies.flatMap { $0.toEmails + $0.ccEmails }.map { $0.lowercased() })
  }

  /// Entries of others that came in after one that was seen.
  private func newEntries(since seen: ConversationID?, in detail: TicketDetail?) -> [ThreadEntry] {
    (detail?.entries ?? []).filter { entry in
      guard let id = entry.id else { return false }
      return id > (seen ?? ConversationID(0)) && entry.authorID != me?.id.rawValue
    }
  }

  mutating func performInReview(_ id: CommandID) -> [Effect] {
    guard case .review(var review)? = dialogs.last else { return [] }
    switch id {
    case .reviewSend: return send(review)
    case .reviewEdit, .reviewBack: return backToEditor(review, says: id == .reviewBack)
    case .reviewKeep:
      dialogs.removeLast()
      let effects = leaveComposer()
      guard composer == nil else { return effects }
      say(
        "draft of #\(review.ticketID) kept; \(shown(.edit)) takes it up again, \(shown(.goDrafts)) lists all"
      )
      return effects
    case .reviewView: return readAll(review)
    case .reviewNews: return readNews(&review)
    case .reviewStatus: return openStatusMenu(for: review)
    case .reviewAttach: return open(.line(LinePrompt(.attach)))
    case .reviewDetach:
      guard let last = review.message.attachments.popLast() else {
        say("no file is attached")
        return []
      }
      say("\(last.name) detached")
      return keep(review)
    case .reviewCanned: return [.loadCanned]
    case .reviewPrivate:
      guard case .reply(let reply) = review.message else {
        say("this is a private note already; it cannot become public")
        return []
      }
      // The one way from public to private; there is none back.
      review.message = .privateNote(
        NoteReview(
          text: reply.text, attachments: reply.attachments, thenStatus: reply.thenStatus))
      review.gate = PromptGate()
      dialogs[dialogs.count - 1] = .review(review)
      return [.discardTypeahead]
    default: return []
    }
  }

  /// Why the words may not leave as they are; nil when they may.
  func obstacle(to review: ReviewState) -> String? {
    if review.message.text.trimmed.isEmpty { return "there are no words" }
    if let left = Placeholders.first(in: review.message.text) {
      return "\(left) is not filled in; \(shown(.reviewEdit, in: .review)) edits it"
    }
    if case .reply(let reply) = review.message {
      let all = reply.ccEmails + reply.bccEmails
      if let wrong = all.first(where: { !EmailAddress.isPlausible($0) }) {
        return "\(wrong) is no address; \(shown(.reviewEdit, in: .review)) edits it"
      }
    }
    if !review.isRead { return "read it to its end first: v" }
    return nil
  }

  /// `y`: exactly these words become one write.
  private mutating func send(_ review: ReviewState) -> [Effect] {
    guard takesConfirmation() else { return [] }
    if let obstacle = obstacle(to: review) {
      say(obstacle, .warning)
      return []
    }
    guard reviewFits(review) else {
      say("the window is too small to show all of this; nothing is sent", .warning)
      return []
    }
    let id = review.ticketID
    let submission: Submission
    let words: String
    switch review.message {
    case .reply(let reply):
      submission = .reply(
        id,
        ReplyContent(
          toEmail: reply.toEmail, ccEmails: reply.ccEmails, bccEmails: reply.bccEmails,
          subject: review.subject, text: reply.text,
          html: MailText.html(fromPlainText: reply.text), attachments: reply.attachments,
          thenStatus: reply.thenStatus, seenConversationID: reply.seenConversationID,
          seenStatus: seenStatus(of: id)))
      words = "#\(id) reply to \(review.requesterName)"
    case .privateNote(let note):
      submission = .privateNote(
        id,
        NoteContent(
          subject: review.subject, text: note.text,
          html: MailText.html(fromPlainText: note.text), attachments: note.attachments,
          thenStatus: note.thenStatus))
      words = "#\(id) private note"
    }
    let draft = composer?.ticketID == id ? composer?.reference : review.draft
    dialogs.removeAll()
    let key = DraftKey(ticketID: id, kind: review.draftKind)
    if composer?.key == key { unsent[key] = composer }
    closeComposer()
    var context = SubmissionContext(words: words, tickets: [id])
    context.kind = review.message.kind
    context.draft = draft
    context.draftKey = key
    context.movesOn = settings.afterAction == .next
    let submit = Effect.submit([submission], context)
    guard !savesUnderWay.contains(key) else {
      waitingSubmissions[key] = [submit]
      return []
    }
    return [submit]
  }

  /// Changes of the review go into the draft as well, so that nothing is lost on the way back.
  mutating func carryToComposer(_ review: ReviewState) -> [Effect] {
    guard composer?.ticketID == review.ticketID else { return [] }
    if composer?.editor.text != review.message.text {
      composer?.editor.replace(with: review.message.text)
    }
    composer?.attachments = review.message.attachments
    composer?.thenStatus = review.message.thenStatus
    composer?.touch(now)
    return saveComposer()
  }

  /// Shows a changed review; `y` counts from its next painting on.
  private mutating func keep(_ review: ReviewState) -> [Effect] {
    var review = review
    review.gate = PromptGate()
    dialogs[dialogs.count - 1] = .review(review)
    return carryToComposer(review) + [.discardTypeahead]
  }

  private mutating func backToEditor(_ review: ReviewState, says: Bool) -> [Effect] {
    dialogs.removeLast()
    if composer == nil {
      pendingReview = .edit(review.ticketID, review.draftKind)
      thread.open(review.ticketID)
      return continueWriting()
    }
    if says { say("nothing was sent") }
    return []
  }

  private mutating func readAll(_ review: ReviewState) -> [Effect] {
    let width = ReaderLayout(size: size).text.width
    let lines = DisplayText.wrap(review.message.text, to: width).map { TextRun($0) }
    var reader = ReaderState(
      title: "ALL \(Digits.count(lines.count, "line")) OF #\(review.ticketID)", lines: lines)
    reader.isReviewText = true
    return open(.reader(reader))
  }

  private mutating func readNews(_ review: inout ReviewState) -> [Effect] {
    let width = ReaderLayout(size: size).text.width
    guard !review.newEntries.isEmpty else {
      say("nothing is new since you began")
      return []
    }
    var lines: [TextRun] = []
    for entry in review.newEntries {
      lines.append(
        TextRun(
          "\(entry.speaker)  \(time.dayAndClock(entry.createdAt, now: now.timestamp))", .heading))
      lines += DisplayText.wrap(entry.text, to: width, limit: 500).map { TextRun($0) }
      lines.append(TextRun(""))
    }
    // Read is read: these words no longer count as new for the stop before sending.
    let newest = review.newEntries.compactMap(\.id).max()
    if case .reply(var reply) = review.message {
      reply.seenConversationID = newest ?? reply.seenConversationID
      review.message = .reply(reply)
    }
    if let newest { composer?.seenConversationID = newest }
    composer?.touch(now)
    dialogs[dialogs.count - 1] = .review(review)
    return saveComposer() + open(.reader(ReaderState(title: "NEW SINCE YOU BEGAN", lines: lines)))
  }

  // Files and status

  mutating func attach(_ path: String, _ file: OutgoingFile?) -> [Effect] {
    guard let file else {
      return askAgain(for: path, "\(path) cannot be read; nothing was attached")
    }
    guard case .review(var review)? = dialogs.last else { return [] }
    let detail = thread.detail.flatMap { $0.ticket.id == review.ticketID ? $0 : nil }
    if let problem = AttachmentRoom.problem(
      file, with: review.message.attachments, on: detail,
      limit: directory.account.attachmentLimit)
    {
      return askAgain(for: path, problem)
    }
    review.message.attachments.append(file)
    return keep(review)
  }

  /// The prompt of a path again, with what was typed: keys typed to correct it must not reach the
  /// review.
  private mutating func askAgain(for path: String, _ problem: String) -> [Effect] {
    guard case .review? = dialogs.last else {
      say(problem, .error)
      return []
    }
    var line = LinePrompt(.attach, text: path)
    line.problem = problem
    return open(.line(line))
  }

  mutating func setReviewStatus(_ status: TicketStatus?) -> [Effect] {
    guard case .review(var review)? = dialogs.last else { return [] }
    review.message.thenStatus = status
    return keep(review)
  }
}

extension ConsoleState {
  /// The status that the person has on screen: a close or merge by somebody else stops the reply. Nil
  /// while an own change of the status is still on its way.
  private func seenStatus(of id: TicketID) -> TicketStatus? {
    let isChanging = outbox.items.contains { item in
      guard item.ticketID == id, case .update(let update) = item.payload else { return false }
      return update.change.status != nil
    }
    guard !isChanging, let ticket = thread.detail?.ticket, ticket.id == id else { return nil }
    return ticket.status
  }
}
