/// The ticket fields of a sandbox account, with the five shapes that choices come in.
struct TicketFieldSeed {
  let now: Int64

  func fill(_ store: Store) throws {
    var id: Int64 = 1
    for field in try fields(store) {
      var document: JSONObject = [
        "id": .integer(id), "name": .string(field.name), "label": .string(field.label),
        "description": .null, "position": .integer(id), "required_for_closure": false,
        "required_for_agents": .bool(field.isRequired), "type": .string(field.type),
        "default": .bool(!field.name.hasPrefix("cf_")), "customers_can_edit": .bool(field.isOpen),
        "customers_can_filter": false, "label_for_customers": .string(field.label),
        "required_for_customers": .bool(field.isRequired && field.isOpen),
        "displayed_to_customers": .bool(field.isOpen),
        "created_at": JSONValue(time: now), "updated_at": JSONValue(time: now),
      ]
      if let choices = field.choices { document["choices"] = choices }
      if field.type == "default_requester" {
        document["portal_cc"] = false
        document["portal_cc_to"] = "company"
      }
      try store.save(
        DocumentRecord(kind: .ticketField, id: id, updatedAt: now, document: document))
      id += 1
    }
  }

  private struct Field {
    var name: String
    var label: String
    var type: String
    var isRequired = false
    var isOpen = false
    var choices: JSONValue?
  }

  private func fields(_ store: Store) throws -> [Field] {
    var agents = JSONObject()
    for agent in try store.agents() { agents[agent.name] = .integer(agent.id) }
    var groups = JSONObject()
    for group in try store.documents(.group) { groups[group.name] = .integer(group.id) }
    return [
      Field(
        name: "requester", label: "Search a requester", type: "default_requester",
        isRequired: true, isOpen: true),
      Field(
        name: "subject", label: "Subject", type: "default_subject", isRequired: true,
        isOpen: true),
      Field(
        name: "ticket_type", label: "Type", type: "default_ticket_type",
        choices: JSONValue(TicketChoices.types)),
      Field(
        name: "source", label: "Source", type: "default_source",
        choices: [
          "Email": 1, "Portal": 2, "Phone": 3, "Forum": 4, "Twitter": 5, "Facebook": 6,
          "Chat": 7, "MobiHelp": 8, "Feedback Widget": 9, "Outbound Email": 10,
          "Ecommerce": 11, "Bot": 12, "Whatsapp": 13,
        ]),
      Field(
        name: "status", label: "Status", type: "default_status", isRequired: true,
        choices: [
          "2": ["Open", "Being Processed"], "3": ["Pending", "Awaiting your Reply"],
          "4": ["Resolved", "This ticket has been Resolved"],
          "5": ["Closed", "This ticket has been Closed"],
          "6": ["Waiting on Customer", "Awaiting your Reply"],
          "7": ["Waiting on Third Party", "Being Processed"],
        ]),
      Field(
        name: "priority", label: "Priority", type: "default_priority", isRequired: true,
        choices: ["Low": 1, "Medium": 2, "High": 3, "Urgent": 4]),
      Field(name: "group", label: "Group", type: "default_group", choices: .object(groups)),
      Field(name: "agent", label: "Agent", type: "default_agent", choices: .object(agents)),
      Field(name: "product", label: "Product", type: "default_product", choices: ["Lumen": 1]),
      Field(
        name: "description", label: "Description", type: "default_description",
        isRequired: true, isOpen: true),
      Field(name: "company", label: "Company", type: "default_company", isOpen: true),
      Field(name: "cf_reference", label: "Reference", type: "custom_text", isOpen: true),
      Field(
        name: "cf_region", label: "Region", type: "custom_dropdown",
        choices: JSONValue(CustomFields.regions)),
      Field(
        name: "cf_waiting_on_partner", label: "Waiting on partner", type: "custom_checkbox"),
    ]
  }
}
