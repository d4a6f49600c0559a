import Helpdesk

/// Why a write was stopped before it left: what is new at the helpdesk, beside what was written.
public struct WriteConflict: Equatable, Sendable {
  /// Entries that came in since the person looked, oldest first.
  public var entries: [NewEntry]
  /// Fields that somebody else has changed since.
  public var fields: [FieldDifference]
  /// The present values of those fields: "send anyway" takes them as seen.
  public var current: TicketChange
  /// The newest conversation when it was stopped: "send anyway" takes it as seen.
  public var newestConversationID: ConversationID?
  /// Anything else that stopped it, as one clause: "the attached file fix.pdf has changed".
  public var reason: String?

  public init(
    entries: [NewEntry] = [], fields: [FieldDifference] = [],
    current: TicketChange = TicketChange(), newestConversationID: ConversationID? = nil,
    reason: String? = nil
  ) {
    self.entries = entries
    self.fields = fields
    self.current = current
    self.newestConversationID = newestConversationID
    self.reason = reason
  }

  /// One entry of the thread that the person has not seen.
  public struct NewEntry: Equatable, Sendable {
    public var id: ConversationID
    public var kind: ConversationKind
    public var authorID: Int64
    public var createdAt: Timestamp
    /// The first words, a stranger's text: clean it when drawing.
    public var text: String

    public init(
      id: ConversationID, kind: ConversationKind, authorID: Int64, createdAt: Timestamp,
      text: String
    ) {
      self.id = id
      self.kind = kind
      self.authorID = authorID
      self.createdAt = createdAt
      self.text = text
    }

    init(_ entry: Conversation) {
      self.init(
        id: entry.id, kind: entry.kind, authorID: entry.authorID, createdAt: entry.createdAt,
        text: String(entry.body.text.prefix(Self.excerptLength)))
    }

    /// How much of a new entry is kept to be shown next to the writer's words, in characters.
    private static var excerptLength: Int { 2000 }
  }

  /// One field with the value that the person saw, the one it has now, and the one that is wanted.
  public struct FieldDifference: Equatable, Sendable {
    /// `status`, `priority`, `type`, `agent`, `group`.
    public var field: String
    public var seen: String
    public var now: String
    public var wanted: String

    public init(field: String, seen: String, now: String, wanted: String) {
      self.field = field
      self.seen = seen
      self.now = now
      self.wanted = wanted
    }
  }

  /// What two checks have found, as one: a customer's words often move the status too, and nobody
  /// wants to be stopped twice.
  static func joined(_ news: WriteConflict?, _ other: WriteConflict?) -> WriteConflict? {
    guard let news, let other else { return news ?? other }
    return WriteConflict(
      entries: news.entries + other.entries, fields: news.fields + other.fields,
      current: other.current,
      newestConversationID: news.newestConversationID ?? other.newestConversationID,
      reason: other.reason ?? news.reason)
  }

  /// One clause for the outbox's line: "2 new entries", "1 new entry, status is now Open".
  public var summary: String {
    if let reason { return reason }
    var parts: [String] = []
    if !entries.isEmpty || fields.isEmpty {
      parts.append(entries.count == 1 ? "1 new entry" : "\(entries.count) new entries")
    }
    parts += fields.map { "\($0.field) is now \($0.now)" }
    return parts.joined(separator: ", ")
  }
}
