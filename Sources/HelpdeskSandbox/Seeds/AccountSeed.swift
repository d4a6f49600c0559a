/// The set-up that every sandbox account has: agents with their keys, groups, fields, canned
/// responses.
struct AccountSeed {
  let seed: UInt64
  let now: Int64

  private struct Person {
    var name: String
    var email: String
    var title: String
    var groups: [Int64]
    var scope = AgentRecord.Scope.all
  }

  /// Agent 1 is the administrator, whose key a demo uses.
  private static let people: [Person] = [
    .init(name: "Alex Moreau", email: "alex", title: "Support lead", groups: [101, 103]),
    .init(name: "Priya Raman", email: "priya", title: "Support agent", groups: [101]),
    .init(name: "Tomás Herrera", email: "tomas", title: "Billing specialist", groups: [102]),
    .init(name: "Hanna Lindqvist", email: "hanna", title: "Technical support", groups: [103]),
    .init(name: "Kenji Watanabe", email: "kenji", title: "Technical support", groups: [103]),
    .init(name: "Omar Haddad", email: "omar", title: "Logistics", groups: [104]),
    .init(name: "Grace O’Neill", email: "grace", title: "Support agent", groups: [101, 105]),
    .init(
      name: "Lucia Ferri", email: "lucia", title: "Trainee", groups: [101], scope: .own),
  ]

  static let groups: [(id: Int64, name: String, description: String)] = [
    (101, "Customer Care", "First line for everything"),
    (102, "Billing", "Invoices, payments, refunds"),
    (103, "Technical", "Bugs, API, integrations"),
    (104, "Logistics", "Orders, parcels, returns"),
    (105, "Accounts", "Sign-in, access, data requests"),
  ]

  static let agentIDs: [Int64] = (1...Int64(people.count)).map { $0 }

  static func name(ofAgent id: Int64) -> String { people[Int(id - 1)].name }

  /// The agents of a group, trainees left out.
  static func agents(in group: Int64) -> [Int64] {
    agentIDs.filter { people[Int($0 - 1)].groups.contains(group) && $0 != 8 }
  }

  func fill(_ store: Store) throws {
    let founded = now - 900 * 86_400
    for (index, person) in Self.people.enumerated() {
      try store.save(agent(Int64(index + 1), person, founded))
    }
    for group in Self.groups {
      let members = Self.people.indices.filter { Self.people[$0].groups.contains(group.id) }
      try save(
        store, .group, group.id, at: founded,
        [
          "name": .string(group.name), "description": .string(group.description),
          "escalate_to": .null, "unassigned_for": .null, "business_hour_id": 1,
          "group_type": "support_agent_group", "auto_ticket_assign": 0,
          "agent_ids": .array(members.map { .integer(Int64($0 + 1)) }),
        ])
    }
    try fillSetUp(store, founded)
    try TicketFieldSeed(now: founded).fill(store)
    try CannedResponseSeed(now: founded).fill(store)
    try SolutionSeed(now: founded).fill(store)
  }

  private func agent(_ id: Int64, _ person: Person, _ founded: Int64) -> AgentRecord {
    let email = "\(person.email)@sandbox.example"
    let times: (JSONValue, JSONValue) = (JSONValue(time: founded), JSONValue(time: now - 3600))
    let contact: JSONObject = [
      "active": true, "email": .string(email), "job_title": .string(person.title),
      "language": "en", "last_login_at": times.1, "mobile": .null, "name": .string(person.name),
      "phone": .null, "time_zone": "UTC", "created_at": times.0, "updated_at": times.1,
    ]
    let document: JSONObject = [
      "available": true, "occasional": false, "id": .integer(id),
      "ticket_scope": .integer(person.scope.rawValue), "created_at": times.0,
      "updated_at": times.1, "last_active_at": times.1, "available_since": times.1,
      "type": "support_agent", "contact": .object(contact),
      "signature": .string("<div>\(person.name)<br>\(person.title)</div>"),
      "freshcaller_agent": false, "deactivated": false, "focus_mode": true,
      "agent_operational_status": "offline",
      "group_ids": .array(person.groups.map { .integer($0) }),
      "role_ids": .array([id == 1 ? 1 : 2]), "skill_ids": .array([]),
    ]
    return AgentRecord(
      id: id, key: AgentKey.of(id, seed: seed), name: person.name, email: email,
      role: id == 1 ? "admin" : "agent", scope: person.scope, document: document)
  }

  private func fillSetUp(_ store: Store, _ founded: Int64) throws {
    let roles = [("Account Administrator", "Has all rights"), ("Agent", "Works on tickets")]
    for (index, role) in roles.enumerated() {
      try save(
        store, .role, Int64(index + 1), at: founded,
        [
          "name": .string(role.0), "description": .string(role.1), "default": true,
          "agent_type": 1,
        ])
    }
    try save(
      store, .product, 1, at: founded,
      [
        "name": "Lumen", "description": "The Lumen service and its devices",
        "primary_email": .string(Desk.supportEmail),
      ])
    try save(
      store, .emailConfig, 1, at: founded,
      [
        "name": .string(Desk.accountName), "product_id": .null,
        "to_email": .string("inbox@sandbox.example"),
        "reply_email": .string(Desk.supportEmail), "group_id": .null, "primary_role": true,
        "active": true,
      ])
    let day: JSONValue = ["start_time": "8:00 am", "end_time": "6:00 pm"]
    try save(
      store, .businessHour, 1, at: founded,
      [
        "name": "Working days", "description": "Monday to Friday", "is_default": true,
        "time_zone": "UTC",
        "business_hours": [
          "monday": day, "tuesday": day, "wednesday": day, "thursday": day, "friday": day,
        ],
      ])
    let targets = (1...4).map { priority in
      let level = Desk.serviceLevel(Int64(priority))
      let target: JSONValue = [
        "respond_within": .integer(level.response), "resolve_within": .integer(level.resolution),
        "next_respond_within": .null, "business_hours": false, "escalation_enabled": true,
      ]
      return ("priority_\(priority)", target)
    }
    var target = JSONObject()
    for (name, value) in targets.reversed() { target[name] = value }
    try save(
      store, .slaPolicy, 1, at: founded,
      [
        "name": "Default SLA Policy", "description": "For all tickets", "active": true,
        "is_default": true, "position": 1, "applicable_to": .object([:]),
        "sla_target": .object(target), "escalation": .object([:]),
      ])
    try store.save(
      DocumentRecord(
        kind: .scenario, id: 1, updatedAt: founded,
        document: [
          "id": 1, "name": "Mark as waiting", "description": "Waiting on customer",
          "actions": [["name": "status", "value": 6]], "private": false,
        ]))
    try save(
      store, .survey, 1, at: founded,
      [
        "title": "How did we do?",
        "questions": [
          [
            "id": "default_question", "label": "How would you rate our support?",
            "accepted_ratings": [103, 102, 101, 100, -101, -102, -103], "default": true,
          ]
        ],
      ])
  }

  private func save(
    _ store: Store, _ kind: DocumentRecord.Kind, _ id: Int64, at time: Int64, _ more: JSONObject
  ) throws {
    var document: JSONObject = ["id": .integer(id)]
    document.merge(more)
    document["created_at"] = JSONValue(time: time)
    document["updated_at"] = JSONValue(time: time)
    try store.save(DocumentRecord(kind: kind, id: id, updatedAt: time, document: document))
  }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  init(dictionaryLiteral elements: (String, JSONValue)...) {
    var object = JSONObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}
