import Helpdesk
import SQLite

/// One message as the cache keeps it, with its plain text made beforehand, outside the transaction.
struct PreparedMessage: Sendable {
  var conversation: Conversation
  var text: String

  init(_ conversation: Conversation) {
    self.conversation = conversation
    self.text = BodyText.make(conversation.body)
  }

  /// An entry of the requester that bears no mark of who speaks is the customer's.
  func attributed(toRequester id: ContactID) -> PreparedMessage {
    guard !conversation.isKindCertain, conversation.authorID == id.rawValue else { return self }
    var copy = self
    copy.conversation.kind = .customer
    return copy
  }
}

extension CacheWriter {
  /// A message as it stands in the cache.
  private struct KnownMessage {
    var rowID: Int64
    var text: String
  }

  /// Keeps the ticket's own first words as the first message of its thread; its indexed text
  /// carries the subject, so a ticket is found by it even when a list left the words out.
  mutating func saveDescription(of ticket: Ticket, oldSubject: String?) throws(SQLiteError) {
    let known = try connection.first(
      """
      SELECT id, text FROM messages WHERE ticket_id = ? AND conversation_id IS NULL
      ORDER BY id LIMIT 1
      """, ticket.id.rawValue
    ) { row throws(SQLiteError) in
      KnownMessage(rowID: try row.int64(0), text: try row.string(1))
    }
    let kind: ConversationKind = ticket.source == .outboundEmail ? .reply : .customer
    guard let known else {
      let text = ticket.description.map(BodyText.make) ?? ""
      let rowID = try freeMessageID(at: ticket.createdAt)
      try connection.execute(
        Self.insertMessage, rowID, ticket.id.rawValue, Int64?.none, kind.rawValue,
        ticket.requesterID.rawValue, ticket.requester?.email, "",
        StoredText.join(ticket.ccEmails), text, StoredText.encode(ticket.attachments),
        ticket.createdAt.seconds, ticket.createdAt.seconds, Int64?.none, "")
      words.replaceMessageText(
        of: rowID, old: nil,
        new: WordChanges.messageText(subject: ticket.subject, text: text))
      return
    }
    let text = ticket.description.map(BodyText.make) ?? known.text
    words.replaceMessageText(
      of: known.rowID,
      old: WordChanges.messageText(subject: oldSubject ?? ticket.subject, text: known.text),
      new: WordChanges.messageText(subject: ticket.subject, text: text))
    guard ticket.description != nil else { return }
    try connection.execute(
      "UPDATE messages SET text = ?, attachments = ?, author_id = ? WHERE id = ?", text,
      StoredText.encode(ticket.attachments), ticket.requesterID.rawValue, known.rowID)
  }

  /// Makes the cached thread equal to the fetched one: new messages come, edited ones change,
  /// deleted ones go.
  mutating func replaceThread(of id: TicketID, with messages: [PreparedMessage])
    throws(SQLiteError)
  {
    var known: [Int64: KnownMessage] = [:]
    try connection.forEach(
      """
      SELECT conversation_id, id, text FROM messages
      WHERE ticket_id = ? AND conversation_id IS NOT NULL
      """, arguments: [id.rawValue]
    ) { row throws(SQLiteError) in
      known[try row.int64(0)] = KnownMessage(rowID: try row.int64(1), text: try row.string(2))
      return true
    }
    for message in messages {
      try save(message, in: id, known: known.removeValue(forKey: message.conversation.id.rawValue))
    }
    for gone in known.values { try remove(gone) }
  }

  private mutating func save(_ message: PreparedMessage, in id: TicketID, known: KnownMessage?)
    throws(SQLiteError)
  {
    let conversation = message.conversation
    if let known {
      words.replaceMessageText(
        of: known.rowID, old: WordChanges.messageText(subject: nil, text: known.text),
        new: WordChanges.messageText(subject: nil, text: message.text))
      try connection.execute(
        """
        UPDATE messages SET kind = ?, author_id = ?, from_email = ?, to_emails = ?,
          cc_emails = ?, text = ?, attachments = ?, updated_at = ?, edited_at = ?,
          failed_emails = ?
        WHERE id = ?
        """, conversation.kind.rawValue, conversation.authorID, conversation.fromEmail,
        StoredText.join(conversation.toEmails), StoredText.join(conversation.ccEmails),
        message.text, StoredText.encode(conversation.attachments),
        conversation.updatedAt.seconds, conversation.lastEditedAt?.seconds,
        StoredText.join(conversation.failedEmails), known.rowID)
      return
    }
    // A merge at the helpdesk moves messages to another ticket: their old place goes.
    try removeMessage(conversation.id)
    let rowID = try freeMessageID(at: conversation.createdAt)
    try connection.execute(
      Self.insertMessage, rowID, id.rawValue, conversation.id.rawValue,
      conversation.kind.rawValue, conversation.authorID, conversation.fromEmail,
      StoredText.join(conversation.toEmails), StoredText.join(conversation.ccEmails),
      message.text, StoredText.encode(conversation.attachments), conversation.createdAt.seconds,
      conversation.updatedAt.seconds, conversation.lastEditedAt?.seconds,
      StoredText.join(conversation.failedEmails))
    words.replaceMessageText(
      of: rowID, old: nil, new: WordChanges.messageText(subject: nil, text: message.text))
  }

  /// Chat channels serve the first words twice: as the ticket's description and as the first entry
  /// of its thread. The description is then not shown; the entry has a number and files.
  func markRepeatedDescription(of ticket: Ticket) throws(SQLiteError) {
    let isMail = [.email, .portal, .feedbackWidget, .outboundEmail].contains(ticket.source)
    try connection.execute(
      """
      UPDATE messages SET is_repeated = ?2 AND trim(text) <> '' AND EXISTS (
          SELECT 1 FROM messages AS entry
          WHERE entry.ticket_id = ?1 AND entry.conversation_id IS NOT NULL
            AND entry.kind = 'customer' AND trim(entry.text) = trim(messages.text)
            AND abs(entry.created_at - messages.created_at) <= 120)
      WHERE ticket_id = ?1 AND conversation_id IS NULL
      """, ticket.id.rawValue, !isMail)
  }

  private mutating func removeMessage(_ id: ConversationID) throws(SQLiteError) {
    let known = try connection.first(
      "SELECT id, text FROM messages WHERE conversation_id = ?", id.rawValue
    ) { row throws(SQLiteError) in
      KnownMessage(rowID: try row.int64(0), text: try row.string(1))
    }
    if let known { try remove(known) }
  }

  private mutating func remove(_ message: KnownMessage) throws(SQLiteError) {
    words.replaceMessageText(
      of: message.rowID, old: WordChanges.messageText(subject: nil, text: message.text), new: nil)
    try connection.execute("DELETE FROM messages WHERE id = ?", message.rowID)
  }

  /// A free row number that grows with time, so that the newest hits of a search come first without
  /// sorting: the second times 256, and up to 256 messages of the same second behind it.
  private func freeMessageID(at moment: Timestamp) throws(SQLiteError) -> Int64 {
    var first = min(max(moment.seconds, 0), 1 << 40) << 8
    while true {
      let last =
        try connection.first(
          "SELECT max(id) FROM messages WHERE id BETWEEN ? AND ?", first, first + 255
        ) { row throws(SQLiteError) in try row.optionalInt64(0) } ?? nil
      guard let last else { return first }
      if last < first + 255 { return last + 1 }
      first += 256
    }
  }

  private static let insertMessage = """
    INSERT INTO messages (id, ticket_id, conversation_id, kind, author_id, from_email, to_emails,
      cc_emails, text, attachments, created_at, updated_at, edited_at, failed_emails)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
}
