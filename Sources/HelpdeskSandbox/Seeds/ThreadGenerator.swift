/// Cuts one ticket with its thread from a scenario.
struct ThreadGenerator {
  let scenario: Scenario
  let now: Int64
  let ticketID: Int64
  let requesterID: Int64
  let requesterEmail: String
  let firstName: String
  let company: String?
  let createdAt: Int64
  var random: SeededRandom

  var companyID: Int64?
  var nextEntry: Int64 = 0
  var nextFile: Int64 = 0

  private(set) var ticket = TicketRecord(id: 0, requesterID: 0, createdAt: 0)
  private(set) var description = ""
  private(set) var descriptionFiles: String?
  private(set) var entries: [ConversationRecord] = []

  init(
    scenario: Scenario, now: Int64, ticketID: Int64, requesterID: Int64, requesterEmail: String,
    firstName: String, company: String?, createdAt: Int64, random: SeededRandom
  ) {
    self.scenario = scenario
    self.now = now
    self.ticketID = ticketID
    self.requesterID = requesterID
    self.requesterEmail = requesterEmail
    self.firstName = firstName
    self.company = company
    self.createdAt = createdAt
    self.random = random
  }

  mutating func make() {
    ticket = TicketRecord(id: ticketID, requesterID: requesterID, createdAt: createdAt)
    ticket.companyID = companyID
    let agents = AccountSeed.agents(in: scenario.group)
    let agentID = random.pick(agents)
    let agentName = AccountSeed.name(ofAgent: agentID)
    let variables = ScenarioVariables(
      &random, name: firstName,
      agent: String(agentName.split(separator: " ").first ?? ""), company: company)
    ticket.subject = variables.filled(random.pick(scenario.subjects))
    description = MailBody.html(variables.filled(random.pick(scenario.openings)))
    descriptionFiles = random.chance(0.3) ? file(scenario.file, at: createdAt) : nil
    fillFields()
    writeThread(agentID, agentName, variables)
    settle(agentID)
  }

  private mutating func fillFields() {
    ticket.source = random.pick([1, 1, 1, 1, 2, 2, 3, 7, 9])
    ticket.toEmails = ticket.source == 1 ? JSONValue([Desk.supportEmail]).text : nil
    ticket.emailConfigID = ticket.source == 1 ? 1 : nil
    let drift = random.below(10)
    ticket.priority = min(max(scenario.priority + (drift == 0 ? 1 : drift < 3 ? -1 : 0), 1), 4)
    if random.chance(0.03) { ticket.priority = 4 }
    ticket.type = scenario.type
    ticket.groupID = random.chance(0.9) ? scenario.group : nil
    ticket.productID = random.chance(0.4) ? 1 : nil
    var tags = scenario.tags.filter { _ in random.chance(0.75) }
    if random.chance(0.05) { tags.append("vip") }
    if random.chance(0.04) { tags.append("follow-up") }
    ticket.tags = JSONValue(tags).text
    if random.chance(0.12) {
      ticket.ccEmails = JSONValue(["team@\(requesterEmail.split(separator: "@").last ?? "")"]).text
    }
    if random.chance(0.3) {
      let custom: JSONObject = [
        "cf_reference": .string("R-\(random.integer(in: 1000...9999))"),
        "cf_region": .string(random.pick(CustomFields.regions)), "cf_waiting_on_partner": .null,
      ]
      ticket.customFields = JSONValue.object(custom).text
    }
    let level = Desk.serviceLevel(ticket.priority)
    ticket.firstResponseDueBy = createdAt + level.response
    ticket.dueBy = createdAt + level.resolution
  }

  private mutating func writeThread(
    _ agentID: Int64, _ agentName: String, _ variables: ScenarioVariables
  ) {
    // Old tickets have had their whole thread; new ones are on their way.
    let age = now - createdAt
    var turns = scenario.turns
    if random.chance(0.2) {
      let tail = Scenarios.tails[scenario.language] ?? Scenarios.tails[.english] ?? []
      turns += tail.prefix(random.integer(in: 2...max(tail.count, 2)))
    }
    let most = turns.count
    let wanted =
      age > 3 * 86_400 ? most - (random.chance(0.7) ? 0 : random.below(3)) : random.below(most + 1)
    var time = createdAt
    var last = MailBody.text(description)
    for turn in turns.prefix(wanted) {
      time += gap()
      guard time < now else { break }
      var entry = ConversationRecord(
        id: nextEntry, ticketID: ticketID, userID: agentID, createdAt: time, body: "")
      switch turn {
      case .customer(let text):
        entry.userID = requesterID
        entry.category = 1
        entry.incoming = true
        entry.fromEmail = requesterEmail
        entry.toEmails = JSONValue([Desk.supportEmail]).text
        entry.body = body(variables.filled(text), quoting: last, of: agentName)
        entry.attachments = random.chance(0.08) ? file(scenario.file ?? "photo.jpg", at: time) : nil
        ticket.requesterRespondedAt = time
      case .reply(let text):
        entry.category = 3
        entry.fromEmail = "\"\(Desk.accountName)\" <\(Desk.supportEmail)>"
        entry.toEmails = JSONValue([requesterEmail]).text
        entry.body = body(variables.filled(text), quoting: last, of: firstName)
        ticket.agentRespondedAt = time
        ticket.firstRespondedAt = ticket.firstRespondedAt ?? time
      case .note(let text):
        entry.source = ConversationRecord.Source.note
        entry.category = 2
        entry.isPrivate = true
        entry.body = MailBody.html(variables.filled(text))
        if random.chance(0.4) { entry.userID = random.pick(AccountSeed.agentIDs.dropLast()) }
      }
      if case .note = turn {} else { last = String(MailBody.text(entry.body).prefix(300)) }
      entries.append(entry)
      nextEntry += 1
      ticket.updatedAt = time
    }
  }

  /// Minutes to most of a day between two turns.
  private mutating func gap() -> Int64 {
    let share = random.unit()
    return Int64(240 + share * share * share * 70_000)
  }

  private mutating func body(_ text: String, quoting last: String, of author: String) -> String {
    let html = MailBody.html(text)
    guard random.chance(0.35) else { return html }
    let quoted = MailBody.html(String(last.prefix(300)))
    return html + "<div><br></div><blockquote><div>\(author) wrote:</div>\(quoted)</blockquote>"
  }

  private mutating func file(_ name: String?, at time: Int64) -> String? {
    guard let name else { return nil }
    let type =
      name.hasSuffix(".png")
      ? "image/png"
      : name.hasSuffix(".jpg")
        ? "image/jpeg" : name.hasSuffix(".pdf") ? "application/pdf" : "text/plain"
    defer { nextFile += 1 }
    return JSONValue.array([
      Attachments.metadata(
        nextFile, name: name, type: type, size: random.integer(in: 8_000...2_400_000), at: time)
    ]).text
  }

  /// Status and agent that fit the thread's end and age.
  private mutating func settle(_ agentID: Int64) {
    let age = now - createdAt
    let last = entries.last { !$0.isPrivate }
    let isAnswered = last.map { !$0.incoming } ?? false
    let isDone = random.chance(age > 20 * 86_400 ? 0.965 : age > 6 * 86_400 ? 0.8 : 0.25)
    let lastTime = ticket.updatedAt
    if isDone, !entries.isEmpty {
      ticket.setStatus(random.chance(age > 10 * 86_400 ? 0.8 : 0.3) ? 5 : 4, at: lastTime)
    } else if isAnswered {
      ticket.setStatus(random.pick([3, 3, 6, 2]), at: lastTime)
    }
    let isOpen = ticket.status == 2
    let isUnassigned = isOpen ? random.chance(entries.isEmpty ? 0.6 : 0.2) : random.chance(0.02)
    // The administrator works the queue as well, and has a share of what is open.
    let own: Int64 = random.chance(isOpen ? 0.2 : 0.05) ? 1 : agentID
    ticket.responderID = isUnassigned ? nil : own
    if random.chance(0.012) { ticket.state = random.chance(0.5) ? .spam : .deleted }
  }
}
