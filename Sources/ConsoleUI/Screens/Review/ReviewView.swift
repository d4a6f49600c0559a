import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The box that says who receives what, and what is new.
  func drawReview(_ review: ReviewState, in frame: inout Frame) {
    let isPublic = review.message.kind.isPublic
    let width = min(74, size.width)
    let lines = reviewLines(review, width: width - 4, isOpen: isPromptOpen)
    let inside = drawBox(
      title: reviewTitle(review), width: width, lines: lines.count, over: layout.thread,
      titleRole: isPublic ? .danger : .privateNote, in: &frame)
    frame.restCursor(at: Point(x: inside.x + 1, y: inside.y))
    for (offset, line) in lines.prefix(inside.height).enumerated() {
      frame.put(
        line.text, at: Point(x: inside.x + 1, y: inside.y + offset),
        role: line.role == .normal ? .box : line.role, width: max(0, inside.width - 2))
    }
  }

  func reviewFace(_ review: ReviewState) -> PromptFace {
    let lines = reviewLines(review, width: min(74, size.width) - 4, isOpen: false)
    return PromptFace(
      size: size, title: reviewTitle(review),
      lines: lines.dropLast(Self.reviewKeyLines).map(\.text))
  }

  private func reviewTitle(_ review: ReviewState) -> String {
    review.message.kind.isPublic
      ? "SEND PUBLIC REPLY  #\(review.ticketID)  to a CUSTOMER"
      : "SAVE PRIVATE NOTE  #\(review.ticketID)  not visible to customer"
  }

  /// Whether recipients, changes and warnings all have room; without it nothing may be sent.
  func reviewFits(_ review: ReviewState) -> Bool {
    let room = max(1, size.height - 4)
    return reviewLines(review, width: min(74, size.width) - 4, isOpen: false).count <= room
  }

  /// The lines of the box: facts, words, warnings, keys. Rules go first where it is tight.
  private func reviewLines(
    _ review: ReviewState, width inner: Int, isOpen: Bool
  ) -> [TextRun] {
    let isPublic = review.message.kind.isPublic
    var facts: [TextRun] = []
    if case .reply(let reply) = review.message {
      facts += recipients(reply, review, width: inner)
    } else {
      facts.append(TextRun("Not visible to customer. Agents of this helpdesk can read it."))
    }
    facts += DisplayText.wrap(sideChanges(review), to: inner, limit: 4).map { TextRun($0) }
    let notes = reviewNotes(review, width: inner)
    let keyLines = reviewKeys(review, width: inner, isOpen: isOpen)
    let rule = Self.rule(inner)
    let whole = DisplayText.wrap(review.message.text, to: inner - (isPublic ? 0 : 2))
    let height = max(1, size.height - 4)
    let fixed = facts.count + notes.count + keyLines.count
    let hasRules = fixed + 4 <= height
    let room = max(1, height - fixed - (hasRules ? 3 : 0))
    let text = excerpt(whole, room: room, width: inner)
    let words = text.map { TextRun((isPublic ? "" : "# ") + $0, isPublic ? .box : .privateNote) }
    guard hasRules else { return facts + words + notes + keyLines }
    let line = [TextRun(rule, .border)]
    return facts + line + words + line + notes + line + keyLines
  }

  private func recipients(
    _ reply: ReplyReview, _ review: ReviewState, width: Int
  ) -> [TextRun] {
    let domains = directory.account.ownDomains
    let to =
      "To   \(review.requesterName) <\(reply.toEmail.isEmpty ? "address not cached" : reply.toEmail)>"
    var lines: [TextRun] = []
    var others: [String] = []
    if !reply.ccEmails.isEmpty {
      others.append(
        "Cc  "
          + reply.ccEmails.map { review.flagged($0, ownDomains: domains) }.joined(separator: ", "))
    }
    if !reply.bccEmails.isEmpty {
      others.append(
        "Bcc "
          + reply.bccEmails.map { review.flagged($0, ownDomains: domains) }.joined(separator: ", "))
    }
    let joined = ([to] + others).joined(separator: "   ")
    if DisplayWidth.cells(of: joined) <= width {
      lines.append(TextRun(joined, .boxStrong))
    } else {
      for part in [to] + others {
        lines += DisplayText.wrap(part, to: width, limit: 6).map { TextRun($0, .boxStrong) }
      }
    }
    let from = directory.account.sendingAddress ?? "the helpdesk's mailbox of this ticket"
    lines.append(TextRun("From \(from)  as  \(me?.name ?? "you") (agent)"))
    return lines
  }

  private func sideChanges(_ review: ReviewState) -> String {
    var parts: [String] = []
    if let status = review.message.thenStatus {
      parts.append("Set  status \(statusLabel(review.status)) -> \(statusLabel(status))")
    } else {
      parts.append("Set  nothing else")
    }
    let files = review.message.attachments
    if !files.isEmpty {
      let names = files.map { "\($0.name) \(Digits.bytes($0.size))" }.joined(separator: ", ")
      parts.append("\(Digits.count(files.count, "file")): \(names)")
    }
    return parts.joined(separator: "    ")
  }

  /// The first lines, and how many there are in all.
  private func excerpt(_ lines: [String], room: Int, width: Int) -> [String] {
    guard lines.count > room, let key = keys.shownKey(.reviewView, in: .review) else {
      return lines
    }
    let note = "(\(key): all \(lines.count) lines)"
    var shown = Array(lines.prefix(room))
    let last = DisplayText.truncate(shown[room - 1], to: max(0, width - note.count - 6)) + " ..."
    shown[room - 1] = DisplayText.pad(last, to: max(0, width - note.count)) + note
    return shown
  }

  private func reviewNotes(_ review: ReviewState, width: Int) -> [TextRun] {
    var notes: [TextRun] = []
    func warn(_ text: String, _ role: Role = .warning) {
      for (index, line) in DisplayText.wrap(text, to: max(10, width - 2), limit: 3).enumerated() {
        notes.append(TextRun((index == 0 ? "! " : "  ") + line, role))
      }
    }
    if let first = review.newEntries.first {
      let key = keys.shownKey(.reviewNews, in: .review) ?? "l"
      let customers = review.newEntries.filter { $0.kind == .customer }.count
      let what =
        customers == review.newEntries.count
        ? (customers == 1 ? "1 customer reply" : "\(customers) customer replies")
        : (review.newEntries.count == 1 ? "1 entry" : "\(review.newEntries.count) entries")
      warn(
        "New since you began: \(what) at \(time.short(first.createdAt, now: now.timestamp)) - press \(key) to read"
      )
    }
    if settings.warnsOfMissingAttachment || !review.message.attachments.isEmpty,
      let word = FindingWords.attachmentWord(in: review.message.text)
    {
      let count = review.message.attachments.count
      warn(
        "The text says \"\(word)\": "
          + (count == 0 ? "NO FILE IS ATTACHED" : "\(Digits.count(count, "file")) attached - ok"),
        count == 0 ? .warning : .box)
    }
    if review.status.isDone { warn("The ticket is \(statusLabel(review.status)).") }
    if review.message.kind.isPublic {
      for sentence in OtherReplies.sentences(
        outbox.items, to: review.ticketID, now: now.timestamp)
      {
        warn(sentence)
      }
      if let own = review.ownNewReplies.last {
        warn(
          "your own reply of \(time.short(own.createdAt, now: now.timestamp)) came in since you began"
        )
      }
    }
    if review.hasOtherDraft { warn("Another draft of this ticket exists; it is kept.") }
    if case .reply(let reply) = review.message {
      let new = (reply.ccEmails + reply.bccEmails).filter {
        !review.knownAddresses.contains($0.lowercased())
      }
      if !new.isEmpty { warn("Not in the thread before: \(new.joined(separator: ", "))") }
      let first = review.firstAnswered
      if !first.isEmpty { warn("No reply has gone there before: \(first.joined(separator: ", "))") }
      for sentence in review.hiddenDangers { warn("LOOK TWICE: \(sentence)") }
    }
    if let obstacle = obstacle(to: review) { warn("Cannot be sent: \(obstacle)", .error) }
    let undo = keys.shownKey(.undo, in: .queue) ?? "u"
    let send = keys.shownKey(.reviewSend, in: .review) ?? "y"
    notes.append(
      TextRun(
        DisplayText.truncate(
          "Held \(settings.holdSeconds) s in the outbox after \(send); "
            + "\(undo) takes it back until it leaves.", to: width)))
    return notes
  }

  /// How many lines `reviewKeys` makes.
  private static let reviewKeyLines = 2

  /// The keys of the box, from the table, and what the quiet time is about.
  private func reviewKeys(_ review: ReviewState, width: Int, isOpen: Bool) -> [TextRun] {
    func key(_ id: CommandID, _ words: String) -> String {
      "\(keys.shownKey(id, in: .review) ?? "-") \(words)"
    }
    let isPublic = review.message.kind.isPublic
    let send = key(.reviewSend, isPublic ? "send" : "save")
    let first = [
      isOpen ? send : "(\(send): in a moment)", key(.reviewEdit, "edit"),
      key(.reviewView, "view all"), key(.reviewNews, "new"), key(.reviewStatus, "status"),
      key(.reviewAttach, "attach"), key(.reviewCanned, "canned"),
    ].joined(separator: "  ")
    let second = [
      isPublic ? key(.reviewPrivate, "make it a PRIVATE note") : nil,
      review.message.attachments.isEmpty ? nil : key(.reviewDetach, "detach last file"),
      key(.reviewKeep, "keep as draft"),
    ].compactMap { $0 }.joined(separator: "   ")
    let back = "[N] Esc/Enter: go back"
    let padded =
      DisplayWidth.cells(of: second) + back.count + 2 <= width
      ? DisplayText.pad(second, to: width - back.count) + back : second
    return [
      TextRun(DisplayText.truncate(first, to: width), isOpen ? .boxStrong : .dim),
      TextRun(padded, .box),
    ]
  }
}
