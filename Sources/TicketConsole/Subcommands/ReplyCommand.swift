import ConsoleModel
import ConsoleUI
import Glibc
import Helpdesk
import MailText

/// `reply`: words to the customer, after a confirmation of exactly those words.
enum ReplyCommand {
  static let command = Command(
    "reply", "ID", summary: "Reply to the customer, after a confirmation",
    options: WrittenWords.options + [
      CommandOption("status", "STATUS", "Set this status once the reply is sent"),
      CommandOption("cc", "EMAIL", "A copy to this address as well; repeatable"),
      CommandOption("no-cc", "No copies to those who are in the conversation"),
      CommandOption("bcc", "EMAIL", "A hidden copy to this address; repeatable"),
      CommandOption("attach", "FILE", "Send this file along; repeatable"),
      CommandOption(
        "confirm-to", "EMAIL", "Instead of asking: the address of the person who asked"),
      CommandOption(
        "seen", "CONVERSATION", "You have read the thread up to this conversation; 0: none of it"),
      WriteWaiting.noWait, .json,
    ],
    details: """
      Everything that leaves is shown first, and only y sends it. Without a terminal the command
      refuses (exit code 4), unless --confirm-to is the requester's address: so a script cannot
      write to somebody else by a wrong number.

      The reply goes to the requester, with copies to those who are in the conversation: before the
      first reply those of the ticket, later those of the last reply and whom the customer has added
      since. The helpdesk's own mailboxes, you and the requester get no copy.

      A reply answers what you have read. That is what the last show of the ticket printed, or what
      --seen says. Whatever came later, from anybody but you, stops the reply: it is named, and the
      exit code is 4. For a ticket that was never shown the question at the terminal shows what is
      unanswered; without a terminal the command stops.

      After the confirmation the reply is held for the undo window, and Ctrl-C takes it back. Just
      before it leaves the thread is read again; anything new in it stops the reply.
      """
  ) { context in
    let id = try TicketNumber.one(context.invocation.operands)
    let files = try context.invocation.all("attach").map(OutgoingFile.init(readingSizeOf:))
    let session = try context.session()
    try context.attempt {
      var words = try WrittenWords.read(.reply, of: id, session, context)
      let write: WriteID
      do {
        try WriteWaiting.checkMayWrite(session)
        let lookup = try TicketLookup(session)
        let detail = try lookup.detail(id, context.output)
        let content = try content(
          detail, words: words, files: files, directory: lookup.reader.directory(), context)
        try mayConfirm(content, detail, context)
        let thread = try SeenThread(
          detail, lastShown: lookup.reader.lastShown(of: id),
          agent: AgentID(session.account.agentID), context)
        try thread.check()
        try confirm(content, detail, thread, &words, session, context)
        let last = detail.lastConversation
        try Waiting.wait { try await session.cache.markShown(id, upTo: last) }
        let draft = words.reference
        write = try Waiting.wait {
          try await session.journal.proposeAndConfirm(id, .reply(content), madeOf: draft)
        }
      } catch {
        throw words.kept(after: error, session, context)
      }
      try WriteWaiting.finish([write], session, context)
    }
  }

  private static func content(
    _ detail: TicketDetail, words: WrittenWords, files: [OutgoingFile], directory: Directory,
    _ context: CommandContext
  ) throws -> ReplyContent {
    let recipients = ReplyRecipients(for: detail)
    guard let email = recipients.to else {
      let phone = [detail.requester?.phone, detail.requester?.mobile].compactMap(\.self)
        .first { !$0.isEmpty }
      throw CommandFailure(
        .failed,
        "The requester of #\(detail.ticket.id) has no known mail address, so nobody would be mailed. "
          + "Nothing was queued; \(phone.map { "call \($0), or " } ?? "")write a note.")
    }
    var status: TicketStatus?
    if let word = context.invocation.value("status") {
      let found = try directory.vocabulary.statuses(word)
      guard found.count == 1 else {
        throw CommandFailure(.wrongUsage, "\"\(word)\" is not one status. Nothing was queued.")
      }
      status = found.first
    }
    let draft = words.draft?.draft
    let all = (draft?.attachments ?? []) + files
    for (index, file) in all.enumerated() {
      if let problem = AttachmentRoom.problem(
        file, with: Array(all[..<index]), on: detail,
        limit: HelpdeskPlug.capabilities.attachmentLimit)
      {
        throw CommandFailure(.wrongUsage, "\(problem). Nothing was queued.")
      }
    }
    var seen: Set<String> = [EmailAddress.key(email)]
    var cc = context.invocation.has("no-cc") ? [] : draft?.ccEmails ?? recipients.cc
    cc = (cc + (try addresses(context.invocation.all("cc"))))
      .filter { seen.insert(EmailAddress.key($0)).inserted }
    let bcc = ((draft?.bccEmails ?? []) + (try addresses(context.invocation.all("bcc"))))
      .filter { seen.insert(EmailAddress.key($0)).inserted }
    return ReplyContent(
      toEmail: email, ccEmails: cc, bccEmails: bcc, subject: detail.ticket.subject,
      text: words.text, html: MailText.html(fromPlainText: words.text), attachments: all,
      thenStatus: status ?? draft?.thenStatus, seenConversationID: detail.lastConversation,
      // An own status that has not been sent yet is not what the helpdesk has.
      seenStatus: detail.row.pending.contains(.status) ? nil : detail.ticket.status)
  }

  /// Bare addresses, with or without display names around them.
  private static func addresses(_ options: [String]) throws -> [String] {
    do throws(EmailAddress.Problem) {
      return try EmailAddress.list(options.joined(separator: ",")).map(\.address)
    } catch {
      throw CommandFailure(
        .wrongUsage, "\"\(error.text)\" is no mail address. Nothing was queued.")
    }
  }

  /// Throws unless a person can be asked, or the right address was given.
  private static func mayConfirm(
    _ content: ReplyContent, _ detail: TicketDetail, _ context: CommandContext
  ) throws {
    if let address = context.invocation.value("confirm-to") {
      guard EmailAddress.key(address) == EmailAddress.key(content.toEmail) else {
        throw CommandFailure(
          .refused,
          "The requester of #\(detail.ticket.id) has another address than --confirm-to. Nothing was "
            + "queued; check the ticket's number.")
      }
      return
    }
    guard Confirmation.canAsk else {
      throw CommandFailure(
        .refused,
        "A reply needs a confirmation, and there is no terminal to ask at. Nothing was queued; use a "
          + "terminal, or name the requester with --confirm-to.")
    }
  }

  /// Asks the person, unless the address was given. Throws unless the answer is yes.
  private static func confirm(
    _ content: ReplyContent, _ detail: TicketDetail, _ thread: SeenThread,
    _ words: inout WrittenWords, _ session: AccountSession, _ context: CommandContext
  ) throws {
    guard !context.invocation.has("confirm-to") else { return }
    try words.keepWhileAsking(
      Draft(
        ticketID: detail.ticket.id, kind: .reply, text: content.text, ccEmails: content.ccEmails,
        bccEmails: content.bccEmails, attachments: content.attachments,
        thenStatus: content.thenStatus, seenConversationID: content.seenConversationID,
        updatedAt: context.clock.now), session)
    let open = try Waiting.wait { try await session.journal.openWrites() }
    let review =
      thread.unanswered
      + ReplyReview.text(
        content, detail, account: session.account,
        others: OtherReplies.sentences(open, to: detail.ticket.id, now: context.clock.now))
    guard Confirmation.ask(review, quiet: session.preferences.quietTimeMilliseconds, context.output)
    else { throw CommandFailure(.refused, "Not sent.") }
  }
}

extension OutgoingFile {
  /// A file on disk that is to be sent along.
  fileprivate init(readingSizeOf path: String) throws(CommandFailure) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, R_OK) == 0
    else {
      throw CommandFailure(.wrongUsage, "\(path) cannot be read. Nothing was queued.")
    }
    let absolute = realpath(path, nil).map { pointer in
      defer { free(pointer) }
      return String(cString: pointer)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let file = OutgoingFile(name: name, path: absolute ?? path, size: Int64(status.st_size))
    guard let read = file.withDigest() else {
      throw CommandFailure(.wrongUsage, "\(path) cannot be read. Nothing was queued.")
    }
    self = read
  }
}
