import Dispatch
import Synchronization

/// Customers who write by themselves every now and then: a new ticket, or an answer to an old one.
final class LiveCustomers: Sendable {
  /// Runs its argument with the desk and the time, while no request is handled.
  typealias Interlude = @Sendable (_ body: (Desk, Int64) -> Void) -> Void

  private let queue = DispatchQueue(label: "sandbox.live-customers")
  private let random: Mutex<SeededRandom>
  private let isStopped = Atomic(false)

  /// `between` runs something between two requests.
  init(seed: UInt64, between: @escaping Interlude) {
    random = Mutex(SeededRandom(seed: seed, stream: 77))
    schedule(between)
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  private func schedule(_ between: @escaping Interlude) {
    let pause = random.withLock { $0.integer(in: 12...45) }
    queue.asyncAfter(deadline: .now() + .seconds(pause)) { [weak self] in
      guard let self, !isStopped.load(ordering: .relaxed) else { return }
      between { desk, now in
        self.random.withLock { random in
          // A desk that cannot be written to stays as it is; the next attempt comes soon.
          _ = try? Self.act(on: desk, now: now, &random)
        }
      }
      schedule(between)
    }
  }

  /// One customer writes.
  static func act(on desk: Desk, now: Int64, _ random: inout SeededRandom) throws {
    var query = TicketQuery()
    query.order = .updatedAt
    query.limit = 40
    let recent = try desk.store.tickets(query).filter { $0.status != 5 }
    if recent.isEmpty || random.chance(0.35) {
      try openTicket(desk, now, &random)
    } else {
      let ticket = random.pick(recent)
      let language = Scenario.Language(of: ticket.subject ?? "")
      let tail = Scenarios.tails[language] ?? Scenarios.tails[.english] ?? []
      let lines = tail.compactMap { turn -> String? in
        if case .customer(let text) = turn { text } else { nil }
      }
      guard !lines.isEmpty else { return }
      let variables = try variables(ticket.requesterID, desk, &random)
      let text = variables.filled(random.pick(lines))
      _ = try desk.customerWrites(text, on: ticket, now: now)
    }
  }

  private static func openTicket(
    _ desk: Desk, _ now: Int64, _ random: inout SeededRandom
  ) throws {
    let scenario = random.pick(Scenarios.all)
    let pool = Names.pools.first { $0.language == scenario.language } ?? Names.pools[0]
    let name = Names.person(&random, pool)
    let email = "\(Names.mailbox(name.latin)).\(random.below(100_000))@example.com"
    let requester = try desk.contact(email: email, name: name.native, now: now)
    var ticket = try desk.newTicket(
      requester: requester, priority: scenario.priority, now: now)
    let variables = try variables(requester.id, desk, &random)
    ticket.subject = variables.filled(random.pick(scenario.subjects))
    ticket.source = 1
    ticket.toEmails = JSONValue([Desk.supportEmail]).text
    ticket.type = scenario.type
    ticket.groupID = random.chance(0.5) ? scenario.group : nil
    ticket.tags = JSONValue(scenario.tags).text
    try desk.open(
      ticket, description: MailBody.html(variables.filled(random.pick(scenario.openings))),
      attachments: nil, now: now)
  }

  private static func variables(
    _ requesterID: Int64, _ desk: Desk, _ random: inout SeededRandom
  ) throws -> ScenarioVariables {
    let person = try desk.store.contact(requesterID)
    let company = try person?.companyID.flatMap { try desk.store.document(.company, $0) }
    return ScenarioVariables(
      &random, name: person?.name ?? "", agent: "", company: company?.name)
  }
}
