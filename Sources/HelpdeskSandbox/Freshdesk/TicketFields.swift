/// The fields of a ticket in requests, and what they may hold.
enum TicketFields {
  static let ofCreate: KeyValuePairs<String, BodyFields.Kind> = [
    "requester_id": .integer, "email": .text, "phone": .text, "name": .text,
    "facebook_id": .text, "twitter_id": .text, "unique_external_id": .text, "subject": .text,
    "description": .text, "status": .integer, "priority": .integer, "source": .integer,
    "type": .text, "tags": .texts, "cc_emails": .texts, "custom_fields": .object,
    "group_id": .integer, "responder_id": .integer, "company_id": .integer,
    "product_id": .integer, "email_config_id": .integer, "due_by": .time, "fr_due_by": .time,
    "parent_id": .integer, "related_ticket_ids": .integers, "internal_agent_id": .integer,
    "internal_group_id": .integer, "lookup_parameter": .text, "attachments": .anything,
  ]

  static let ofUpdate: KeyValuePairs<String, BodyFields.Kind> = [
    "requester_id": .integer, "email": .text, "phone": .text, "name": .text,
    "facebook_id": .text, "twitter_id": .text, "unique_external_id": .text, "subject": .text,
    "description": .text, "status": .integer, "priority": .integer, "source": .integer,
    "type": .text, "tags": .texts, "custom_fields": .object, "group_id": .integer,
    "responder_id": .integer, "company_id": .integer, "product_id": .integer,
    "email_config_id": .integer, "due_by": .time, "fr_due_by": .time, "parent_id": .integer,
    "internal_agent_id": .integer, "internal_group_id": .integer, "lookup_parameter": .text,
    "attachments": .anything,
  ]

  static let ofOutbound: KeyValuePairs<String, BodyFields.Kind> = [
    "email": .text, "subject": .text, "email_config_id": .integer, "name": .text,
    "description": .text, "status": .integer, "priority": .integer, "type": .text,
    "tags": .texts, "cc_emails": .texts, "custom_fields": .object, "due_by": .time,
    "fr_due_by": .time, "group_id": .integer, "attachments": .anything,
  ]

  /// Takes the fields over into the ticket; what does not fit becomes a problem.
  static func apply(
    _ fields: inout BodyFields, to ticket: inout TicketRecord, _ call: APICall
  ) throws {
    if fields.has("subject") { ticket.subject = fields.text("subject") }
    applyChoices(&fields, to: &ticket, call)
    if fields.has("tags") {
      let tags = fields.texts("tags") ?? []
      if tags.contains(where: { $0.count > 32 || $0.isEmpty }) {
        fields.reject(
          .value("tags", "It should only contain elements that have maximum of 32 characters"))
      }
      var seen: Set<String> = []
      ticket.tags = JSONValue(tags.filter { seen.insert($0).inserted }).text
    }
    if let addresses = fields.texts("cc_emails") {
      if !addresses.allSatisfy(isAddress) {
        fields.reject(.value("cc_emails", "It should contain elements of type valid email only"))
      }
      ticket.ccEmails = JSONValue(addresses).text
    }
    try applyPeople(&fields, to: &ticket, call)
    if fields.has("due_by") || fields.has("fr_due_by") {
      ticket.dueBy = fields.time("due_by")
      ticket.firstResponseDueBy = fields.time("fr_due_by")
      ticket.dueKnownAt = 0
      if fields.has("due_by") != fields.has("fr_due_by") {
        fields.reject(.missing(fields.has("due_by") ? "fr_due_by" : "due_by"))
      }
      if let due = ticket.dueBy, let first = ticket.firstResponseDueBy, first > due {
        fields.reject(.value("fr_due_by", "Should not be greater than due_by"))
      }
    }
    applyCustomFields(&fields, to: &ticket)
    if let parent = fields.integer("parent_id") {
      if try call.store.ticket(parent) == nil {
        fields.reject(.value("parent_id", "There is no ticket matching the given parent_id"))
      }
      ticket.parentID = parent
    }
  }

  /// The person a request names, made when unknown; nil when it names none.
  static func requester(_ fields: inout BodyFields, _ call: APICall) throws -> ContactRecord? {
    if let id = fields.integer("requester_id") {
      let contact = try call.store.contact(id)
      if contact == nil {
        fields.reject(
          .value("requester_id", "There is no contact matching the given requester_id"))
      }
      return contact
    }
    if let email = fields.text("email") {
      guard isAddress(email) else {
        fields.reject(.value("email", "It should be in the 'valid email address' format"))
        return nil
      }
      if !fields.problems.isEmpty { return try call.store.contact(email: email) }
      return try call.desk.contact(email: email, name: fields.text("name"), now: call.now)
    }
    for (key, column) in [("phone", "phone"), ("unique_external_id", "unique_external_id")] {
      guard let value = fields.text(key) else { continue }
      if let known = try call.store.contacts("\(column) = ? LIMIT 1", [value]).first {
        return known
      }
      if key == "phone", fields.text("name") == nil { fields.reject(.missing("name")) }
      guard fields.problems.isEmpty else { return nil }
      var document = ContactDocument.empty
      document["name"] = .string(fields.text("name") ?? value)
      document[column] = .string(value)
      return try call.desk.add(document, now: call.now)
    }
    return nil
  }

  /// Whether a text has the form of a mail address.
  static func isAddress(_ text: String) -> Bool {
    let inner =
      text.hasSuffix(">") ? text.dropLast().split(separator: "<").last.map(String.init) ?? "" : text
    let parts = inner.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
      && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
      && !inner.contains(where: { $0.isWhitespace || $0 == "," || $0 == ";" })
  }

  private static func applyChoices(
    _ fields: inout BodyFields, to ticket: inout TicketRecord, _ call: APICall
  ) {
    if let status = fields.integer("status") {
      if !TicketChoices.statuses.contains(status) {
        fields.reject(.oneOf("status", TicketChoices.statuses.map(String.init)))
      }
      ticket.setStatus(status, at: call.now)
    }
    if let priority = fields.integer("priority") {
      if !(1...4).contains(priority) {
        fields.reject(.oneOf("priority", ["1", "2", "3", "4"]))
      }
      ticket.priority = priority
    }
    if let source = fields.integer("source") {
      if !TicketChoices.sources.contains(source) {
        fields.reject(.oneOf("source", TicketChoices.sources.map(String.init)))
      }
      ticket.source = source
    }
    if fields.has("type") {
      ticket.type = fields.text("type")
      if let type = ticket.type, !TicketChoices.types.contains(type) {
        fields.reject(.oneOf("type", TicketChoices.types))
      }
    }
  }

  private static func applyPeople(
    _ fields: inout BodyFields, to ticket: inout TicketRecord, _ call: APICall
  ) throws {
    if fields.has("responder_id") {
      ticket.responderID = fields.integer("responder_id")
      if let id = ticket.responderID, try call.store.agent(id) == nil {
        fields.reject(.value("responder_id", "There is no agent matching the given responder_id"))
      }
    }
    let documents: [(String, WritableKeyPath<TicketRecord, Int64?>, DocumentRecord.Kind)] = [
      ("group_id", \.groupID, .group), ("company_id", \.companyID, .company),
      ("product_id", \.productID, .product), ("email_config_id", \.emailConfigID, .emailConfig),
    ]
    for (key, path, kind) in documents where fields.has(key) {
      ticket[keyPath: path] = fields.integer(key)
      if let id = fields.integer(key), try call.store.document(kind, id) == nil {
        let word = kind.rawValue.replacing("_", with: " ")
        fields.reject(.value(key, "There is no \(word) matching the given \(key)"))
      }
    }
  }

  private static func applyCustomFields(_ fields: inout BodyFields, to ticket: inout TicketRecord) {
    guard let given = fields.object["custom_fields"]?.object else { return }
    var custom = JSONParser.parse(ticket.customFields)?.object ?? JSONObject()
    for member in given.members {
      let name = "custom_fields.\(member.key)"
      switch member.key {
      case "cf_reference":
        if member.value != .null, member.value.string == nil {
          fields.reject(.type(name, "String", got: member.value))
        }
      case "cf_region":
        if member.value != .null,
          !(member.value.string.map(CustomFields.regions.contains) ?? false)
        {
          fields.reject(.oneOf(name, CustomFields.regions))
        }
      case "cf_waiting_on_partner":
        if member.value != .null, member.value.bool == nil {
          fields.reject(.type(name, "Boolean", got: member.value))
        }
      default:
        fields.reject(.unknown(name))
      }
      custom[member.key] = member.value
    }
    ticket.customFields = JSONValue.object(custom).text
  }
}
