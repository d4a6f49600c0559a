import SQLite

/// A ticket as the store keeps it; JSON columns hold arrays or objects as text.
struct TicketRecord: Equatable, Sendable {
  /// Where a ticket is to be found.
  enum State: Int64, Sendable {
    case normal = 0
    case spam = 1
    case deleted = 2
  }

  var id: Int64
  var state = State.normal
  var subject: String?
  var status: Int64 = 2
  var priority: Int64 = 1
  var type: String?
  var source: Int64 = 2
  var requesterID: Int64
  var responderID: Int64?
  var groupID: Int64?
  var companyID: Int64?
  var productID: Int64?
  var emailConfigID: Int64?
  var createdAt: Int64
  var updatedAt: Int64
  var dueBy: Int64?
  var firstResponseDueBy: Int64?
  /// Until then the due dates read null, as the vendor fills them in a little later.
  var dueKnownAt: Int64 = 0
  var tags = "[]"
  var ccEmails = "[]"
  var toEmails: String?
  var customFields = CustomFields.empty
  var agentRespondedAt: Int64?
  var requesterRespondedAt: Int64?
  var firstRespondedAt: Int64?
  var statusUpdatedAt: Int64?
  var reopenedAt: Int64?
  var resolvedAt: Int64?
  var closedAt: Int64?
  var pendingSince: Int64?
  var parentID: Int64?

  init(id: Int64, requesterID: Int64, createdAt: Int64) {
    self.id = id
    self.requesterID = requesterID
    self.createdAt = createdAt
    updatedAt = createdAt
    statusUpdatedAt = createdAt
  }

  /// Sets the status and the times that go with it.
  mutating func setStatus(_ new: Int64, at now: Int64) {
    guard new != status else { return }
    let wasDone = status == 4 || status == 5
    let isDone = new == 4 || new == 5
    status = new
    statusUpdatedAt = now
    pendingSince = new == 3 ? now : nil
    if new == 4 { resolvedAt = now }
    if new == 5 {
      closedAt = now
      resolvedAt = resolvedAt ?? now
    }
    if wasDone && !isDone {
      reopenedAt = now
      (resolvedAt, closedAt) = (nil, nil)
    }
  }

  static let columns = """
    id, state, subject, status, priority, type, source, requester_id, responder_id, group_id, \
    company_id, product_id, email_config_id, created_at, updated_at, due_by, fr_due_by, \
    due_known_at, tags, cc_emails, to_emails, custom_fields, agent_responded_at, \
    requester_responded_at, first_responded_at, status_updated_at, reopened_at, resolved_at, \
    closed_at, pending_since, parent_id
    """

  static let insertion =
    "INSERT OR REPLACE INTO tickets (\(columns)) VALUES ("
    + repeatElement("?", count: 31).joined(separator: ",") + ")"

  init(_ row: Row) throws(SQLiteError) {
    id = try row.int64(0)
    state = State(rawValue: try row.int64(1)) ?? .normal
    subject = try row.optionalString(2)
    status = try row.int64(3)
    priority = try row.int64(4)
    type = try row.optionalString(5)
    source = try row.int64(6)
    requesterID = try row.int64(7)
    responderID = try row.optionalInt64(8)
    groupID = try row.optionalInt64(9)
    companyID = try row.optionalInt64(10)
    productID = try row.optionalInt64(11)
    emailConfigID = try row.optionalInt64(12)
    createdAt = try row.int64(13)
    updatedAt = try row.int64(14)
    dueBy = try row.optionalInt64(15)
    firstResponseDueBy = try row.optionalInt64(16)
    dueKnownAt = try row.int64(17)
    tags = try row.string(18)
    ccEmails = try row.string(19)
    toEmails = try row.optionalString(20)
    customFields = try row.string(21)
    agentRespondedAt = try row.optionalInt64(22)
    requesterRespondedAt = try row.optionalInt64(23)
    firstRespondedAt = try row.optionalInt64(24)
    statusUpdatedAt = try row.optionalInt64(25)
    reopenedAt = try row.optionalInt64(26)
    resolvedAt = try row.optionalInt64(27)
    closedAt = try row.optionalInt64(28)
    pendingSince = try row.optionalInt64(29)
    parentID = try row.optionalInt64(30)
  }

  /// The values of `columns`, in their order.
  var values: [any SQLBindable] {
    [
      id, state.rawValue, subject, status, priority, type, source, requesterID, responderID,
      groupID, companyID, productID, emailConfigID, createdAt, updatedAt, dueBy,
      firstResponseDueBy, dueKnownAt, tags, ccEmails, toEmails, customFields, agentRespondedAt,
      requesterRespondedAt, firstRespondedAt, statusUpdatedAt, reopenedAt, resolvedAt, closedAt,
      pendingSince, parentID,
    ]
  }
}

/// The custom fields that every sandbox account has.
enum CustomFields {
  static let empty = #"{"cf_reference":null,"cf_region":null,"cf_waiting_on_partner":null}"#
  static let regions = ["Europe", "Americas", "Asia Pacific", "Middle East and Africa"]
}
