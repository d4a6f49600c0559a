import Helpdesk

/// Turns ids into names for the audit's sentences. Names come from the cache, if it has them.
public struct AuditVocabulary: Sendable {
  public var agentName: @Sendable (AgentID) -> String?
  public var groupName: @Sendable (GroupID) -> String?
  public var statusLabel: @Sendable (TicketStatus) -> String?
  /// The account's label of a field of the ticket form, from the vendor's name for it.
  public var fieldLabel: @Sendable (String) -> String?

  public init(
    agentName: @escaping @Sendable (AgentID) -> String? = { _ in nil },
    groupName: @escaping @Sendable (GroupID) -> String? = { _ in nil },
    statusLabel: @escaping @Sendable (TicketStatus) -> String? = { _ in nil },
    fieldLabel: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.agentName = agentName
    self.groupName = groupName
    self.statusLabel = statusLabel
    self.fieldLabel = fieldLabel
  }

  /// What a write does, as the middle of a sentence: "assign ticket #10452 to Tom". Recipients
  /// are named, words never.
  public func phrase(_ write: QueuedWrite) -> String {
    let ticket = "ticket #\(write.ticketID)"
    switch write.payload {
    case .reply(let reply):
      let copies = reply.ccEmails.count + reply.bccEmails.count
      let files = reply.attachments.count
      return "public reply to \(reply.toEmail)"
        + (copies > 0 ? " and \(copies) more" : "") + " on \(ticket)"
        + (files > 0 ? " with \(files) \(files == 1 ? "file" : "files")" : "")
    case .privateNote: return "private note on \(ticket)"
    case .update(let update):
      let changes = changes(update)
      return changes.isEmpty
        ? "change of \(ticket)" : "change of \(ticket): " + changes.joined(separator: ", ")
    }
  }

  /// "agent -- -> Tom", field by field.
  public func changes(_ update: UpdateContent) -> [String] {
    let (new, old) = (Self.fields(update.change, self), Self.fields(update.before, self))
    return new.map { field in
      let before = old.first { $0.name == field.name }?.value ?? "?"
      return "\(field.name) \(before) -> \(field.value)"
    }
  }

  private static func fields(_ change: TicketChange, _ words: AuditVocabulary)
    -> [(name: String, value: String)]
  {
    var fields: [(name: String, value: String)] = []
    if let status = change.status {
      fields.append(("status", words.statusLabel(status) ?? status.defaultLabel))
    }
    if let priority = change.priority { fields.append(("priority", priority.label)) }
    if let type = change.type { fields.append(("type", type ?? "--")) }
    if let agent = change.agentID {
      fields.append(("agent", agent.map { words.agentName($0) ?? "agent \($0)" } ?? "--"))
    }
    if let group = change.groupID {
      fields.append(("group", group.map { words.groupName($0) ?? "group \($0)" } ?? "--"))
    }
    if let tags = change.tags {
      fields.append(("tags", tags.isEmpty ? "--" : tags.joined(separator: " ")))
    }
    return fields
  }
}
