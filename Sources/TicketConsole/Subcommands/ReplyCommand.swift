import ConsoleModel
import Glibc
import Helpdesk
import MailText

/// `reply`: words to the customer, after a confirmation of exactly those words.
enum ReplyCommand {
  static let command = Command(
    "reply", "ID", summary: "Reply to the customer, after a confirmation",
    options: [
      CommandOption("body-file", "FILE", "The text; - for standard input"),
      CommandOption("status", "STATUS", "Set this status once the reply is sent"),
      CommandOption("cc", "EMAIL", "A copy to this address; repeatable"),
      CommandOption("bcc", "EMAIL", "A hidden copy to this address; repeatable"),
      CommandOption("attach", "FILE", "Send this file along; repeatable"),
      CommandOption(
        "confirm-to", "EMAIL", "Instead of asking: the address of the person who asked"),
      WriteWaiting.noWait, .json,
    ],
    details: """
      Everything that leaves is shown first, and only y sends it. Without a terminal the command
      refuses (exit code 4), unless --confirm-to is the requester's address: so a script cannot
      write to somebody else by a wrong number.

      After the confirmation the reply is held for the undo window, and Ctrl-C takes it back. Just
      before it leaves the thread is read again; anything new in it stops the reply.
      """
  ) { context in
    let id = try TicketNumber.one(context.invocation.operands)
    let body = try BodyText.read(context)
    let files = try context.invocation.all("attach").map(OutgoingFile.init(readingSizeOf:))
    let session = try context.session()
    try context.attempt {
      try WriteWaiting.checkMayWrite(session)
      let lookup = try TicketLookup(session)
      let detail = try lookup.detail(id, context.output)
      let content = try content(
        detail, body: body, files: files, directory: lookup.reader.directory(), context)
      try confirm(content, detail, session, context)
      let write = try Waiting.wait {
        try await session.journal.proposeAndConfirm(id, .reply(content))
      }
      try WriteWaiting.finish([write], session, context)
    }
  }

  private static func content(
    _ detail: TicketDetail, body: String, files: [OutgoingFile], directory: Directory,
    _ context: CommandContext
  ) throws -> ReplyContent {
    guard let email = detail.requester?.email ?? detail.ticket.requester?.email else {
      throw CommandFailure(
        .failed,
        "The requester of #\(detail.ticket.id) has no known mail address. Nothing was queued; "
          + "sync first, or reply in the helpdesk's own pages.")
    }
    var status: TicketStatus?
    if let word = context.invocation.value("status") {
      let found = try directory.vocabulary.statuses(word)
      guard found.count == 1 else {
        throw CommandFailure(.wrongUsage, "\"\(word)\" is not one status. Nothing was queued.")
      }
      status = found.first
    }
    for address in context.invocation.all("cc") + context.invocation.all("bcc")
    where !isAddress(address) {
      throw CommandFailure(.wrongUsage, "\"\(address)\" is no mail address. Nothing was queued.")
    }
    return ReplyContent(
      toEmail: email, ccEmails: context.invocation.all("cc"),
      bccEmails: context.invocation.all("bcc"), subject: detail.ticket.subject, text: body,
      html: MailText.html(fromPlainText: body), attachments: files, thenStatus: status,
      seenConversationID: detail.entries.compactMap(\.id).max(), seenStatus: detail.ticket.status)
  }

  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
      && !text.contains { $0.isWhitespace || $0 == "," || $0 == "<" || $0 == ">" }
  }

  /// Throws unless a person, or the right address, has said yes.
  private static func confirm(
    _ content: ReplyContent, _ detail: TicketDetail, _ session: AccountSession,
    _ context: CommandContext
  ) throws {
    if let address = context.invocation.value("confirm-to") {
      guard address.lowercased() == content.toEmail.lowercased() else {
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
    let review = ReplyReview.text(content, detail, account: session.account)
    guard Confirmation.ask(review, quiet: session.preferences.quietTimeMilliseconds, context.output)
    else {
      let draft = Draft(
        ticketID: detail.ticket.id, kind: .reply, text: content.text, ccEmails: content.ccEmails,
        bccEmails: content.bccEmails, attachments: content.attachments,
        thenStatus: content.thenStatus, seenConversationID: content.seenConversationID,
        updatedAt: context.clock.now)
      try Waiting.wait { _ = try await session.journal.drafts.keep(draft) }
      throw CommandFailure(
        .refused, "Not sent. The text is kept as the draft of ticket #\(detail.ticket.id).")
    }
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
    self.init(name: name, path: absolute ?? path, size: Int64(status.st_size))
  }
}
