/// Takes in conversations of JSON Lines, `{"id", "turns": [{"role": "user"|"agent", "content"}]}`:
/// the first customer turn becomes the description, its shortened first sentence the subject,
/// later customer turns incoming entries, agent turns replies.
struct ConversationImport {
  /// Loaded tickets lie in the two weeks before this moment, the first line the newest.
  let now: Int64
  let seed: UInt64

  private struct Turn {
    var isCustomer: Bool
    var text: String
  }

  /// Loads the good lines and gives one complaint for each of the others.
  func load(_ load: SandboxLoad, into store: Store) throws -> [String] {
    var complaints: [String] = []
    var conversations: [[Turn]] = []
    let lines = load.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      switch read(Array(line)) {
      case .success(let turns): conversations.append(turns)
      case .failure(let complaint):
        complaints.append("\(load.name) line \(index + 1): \(complaint.sentence); left out.")
      }
    }
    // The last line is added first, so that the first one has the highest number and is the newest.
    for (place, turns) in conversations.enumerated().reversed() {
      try add(turns, place: place, of: conversations.count, store)
    }
    return complaints
  }

  private struct Complaint: Error {
    var sentence: String
  }

  private func read(_ line: [UInt8]) -> Result<[Turn], Complaint> {
    guard let value = JSONParser.parse(line) else { return .failure(.init(sentence: "no JSON")) }
    guard let items = value.object?["turns"]?.array else {
      return .failure(.init(sentence: "no \"turns\" in it"))
    }
    var turns: [Turn] = []
    for item in items {
      guard let content = item.object?["content"]?.string else {
        return .failure(.init(sentence: "a turn without \"content\""))
      }
      switch item.object?["role"]?.string {
      case "user": turns.append(Turn(isCustomer: true, text: content))
      case "agent": turns.append(Turn(isCustomer: false, text: content))
      default: return .failure(.init(sentence: "a turn whose role is neither user nor agent"))
      }
    }
    guard turns.contains(where: \.isCustomer) else {
      return .failure(.init(sentence: "no turn of a customer"))
    }
    return .success(turns)
  }

  private func add(_ turns: [Turn], place: Int, of count: Int, _ store: Store) throws {
    let id = try store.nextID("tickets", from: 1)
    var random = SeededRandom(seed: seed, stream: UInt64(id) + 2_000_000_000)
    let first = turns.firstIndex(where: \.isCustomer) ?? 0
    let customer = try makeCustomer(turns[first].text, id, &random, store)
    // The newest is a few minutes old; threads end before the present.
    let newest = now - 600 - Int64(place) * (14 * 86_400 / Int64(max(count, 28)))
    var time = newest - Int64(turns.count) * 420
    var ticket = TicketRecord(id: id, requesterID: customer.id, createdAt: time)
    ticket.companyID = customer.companyID
    ticket.subject = Self.subject(of: turns[first].text)
    ticket.source = 1
    ticket.toEmails = JSONValue([Desk.supportEmail]).text
    ticket.priority = random.pick([1, 1, 2, 2, 2, 3, 3, 4])
    ticket.type = random.pick(["Question", "Problem", "Incident", "Refund", nil])
    let group = random.pick(AccountSeed.groups).id
    ticket.groupID = group
    let agentID = random.pick(AccountSeed.agents(in: group))
    let level = Desk.serviceLevel(ticket.priority)
    ticket.firstResponseDueBy = time + level.response
    ticket.dueBy = time + level.resolution
    try store.saveDescription(
      of: id, body: MailBody.html(turns[first].text), attachments: nil)
    for (index, turn) in turns.enumerated() where index != first {
      time += Int64(random.integer(in: 60...400))
      try store.save(entry(turn, at: time, in: &ticket, by: agentID, customer, store))
    }
    settle(&ticket, agentID, &random)
    try store.connection.execute(TicketRecord.insertion, arguments: ticket.values)
  }

  private func entry(
    _ turn: Turn, at time: Int64, in ticket: inout TicketRecord, by agentID: Int64,
    _ customer: ContactRecord, _ store: Store
  ) throws -> ConversationRecord {
    var entry = ConversationRecord(
      id: try store.nextID("conversations", from: Desk.firstConversationID), ticketID: ticket.id,
      userID: turn.isCustomer ? customer.id : agentID, createdAt: time,
      body: MailBody.html(turn.text))
    let (support, person) = (JSONValue([Desk.supportEmail]), JSONValue([customer.email ?? ""]))
    if turn.isCustomer {
      entry.category = 1
      entry.incoming = true
      entry.fromEmail = customer.email
      entry.toEmails = support.text
      ticket.requesterRespondedAt = time
    } else {
      entry.fromEmail = "\"\(Desk.accountName)\" <\(Desk.supportEmail)>"
      entry.toEmails = person.text
      ticket.agentRespondedAt = time
      ticket.firstRespondedAt = ticket.firstRespondedAt ?? time
    }
    ticket.updatedAt = time
    return entry
  }

  /// Mostly open, a third of those without an agent.
  private func settle(_ ticket: inout TicketRecord, _ agentID: Int64, _ random: inout SeededRandom)
  {
    if random.chance(0.3) { ticket.setStatus(random.pick([3, 3, 6, 4]), at: ticket.updatedAt) }
    let isUnassigned = ticket.status == 2 && random.chance(0.33)
    ticket.responderID = isUnassigned ? nil : random.chance(0.2) ? 1 : agentID
  }

  private func makeCustomer(
    _ text: String, _ ticketID: Int64, _ random: inout SeededRandom, _ store: Store
  ) throws -> ContactRecord {
    let language = Scenario.Language(of: text)
    let pool = Names.pools.first { $0.language == language } ?? Names.pools[0]
    let name = Names.person(&random, pool)
    let id = try store.nextID("contacts", from: Store.firstContactID)
    var document = ContactDocument.empty
    document["id"] = .integer(id)
    document["name"] = .string(name.native)
    document["email"] = .string("\(Names.mailbox(name.latin)).\(id)@example.com")
    document["active"] = true
    let contact = ContactRecord(id: id, at: now - 30 * 86_400, document: document)
    try store.save(contact)
    return contact
  }

  /// The first sentence, cut at a word after some 60 characters.
  static func subject(of text: String) -> String {
    var sentence = ""
    var count = 0
    for character in text {
      if character.isNewline || "。！？".contains(character) {
        if count > 0 { break } else { continue }
      }
      if "?!".contains(character), count > 12 {
        sentence.append(character)
        break
      }
      if character == "." || character == "؟", count > 15 { break }
      if count >= 60, character == " " || count >= 72 {
        sentence += "…"
        break
      }
      sentence.append(character)
      count += 1
    }
    let trimmed = sentence.drop(while: \.isWhitespace)
    return trimmed.isEmpty ? "No subject" : String(trimmed)
  }
}
