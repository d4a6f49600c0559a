import ConsoleModel
import Helpdesk

/// `bench-fill`: writes a made-up cache straight to disk, so that the console can be measured with
/// many tickets and without a helpdesk. Not for people: left out of help.
enum BenchFillCommand {
  static let command = Command(
    "bench-fill", summary: "Fill a profile with made-up tickets for measurements",
    options: [
      CommandOption("tickets", "N", "How many tickets; 100000 if not given"),
      CommandOption("conversations", "N", "How many messages each beside the first; 4"),
      CommandOption("seed", "N", "The same seed makes the same tickets; 1"),
      CommandOption("now", "SECONDS", "The moment that the tickets lead up to, since 1970"),
    ],
    isHidden: true
  ) { context in
    let tickets = try context.number("tickets", in: 1...5_000_000) ?? 100_000
    let conversations = try context.number("conversations", in: 0...100) ?? 4
    let seed = try context.number("seed", in: 0...Int.max) ?? 1
    let now = try context.number("now", in: 0...Int.max).map { Timestamp(Int64($0)) }
    let profile = try context.profile()
    let desk = BenchDesk(
      tickets: tickets, conversations: conversations, seed: UInt64(seed),
      now: now ?? context.clock.now)
    try context.configured { () throws(ConfigurationError) in try makeAccount(profile, desk) }

    let files = profile.files(of: BenchDesk.accountName)
    let clock = context.clock
    let (store, _) = try CacheFile(path: files.cache) { clock.now }.open()
    let output = context.output
    try Waiting.wait {
      try await fill(store, from: desk) { output.note("\($0) of \(tickets) tickets") }
    }
  }

  /// An account that is never asked for its key: measurements run without a helpdesk.
  private static func makeAccount(_ profile: Profile, _ desk: BenchDesk)
    throws(ConfigurationError)
  {
    try profile.makeFolders()
    try profile.files(of: BenchDesk.accountName).makeFolders()
    try AccountRegistry(profile: profile).save(
      Account(
        name: BenchDesk.accountName, url: "http://127.0.0.1:9",
        agentID: desk.agents[0].id.rawValue, agentName: desk.agents[0].name,
        keySource: .command("echo bench")))
  }

  private static func fill(
    _ store: CacheStore, from desk: BenchDesk, progress: @Sendable (Int) -> Void
  ) async throws {
    try await store.replace(agents: desk.agents)
    try await store.save(me: desk.agents[0])
    try await store.replace(groups: desk.groups)
    try await store.replace(ticketFields: desk.ticketFields)
    try await store.replace(cannedResponses: desk.cannedResponses)
    let step = 2000
    for start in stride(from: 1, through: desk.companyCount, by: step) {
      let end = min(start + step - 1, desk.companyCount)
      try await store.save(companies: (start...end).map(desk.company))
    }
    for start in stride(from: 1, through: desk.contactCount, by: step) {
      let end = min(start + step - 1, desk.contactCount)
      try await store.save(contacts: (start...end).map(desk.contact))
    }
    for start in stride(from: 1, through: desk.ticketCount, by: step) {
      let end = min(start + step - 1, desk.ticketCount)
      try await store.saveThreads((start...end).map(desk.thread))
      progress(end)
    }
    try await store.markSynced(tickets: desk.now)
    try await store.checkpoint()
  }
}
