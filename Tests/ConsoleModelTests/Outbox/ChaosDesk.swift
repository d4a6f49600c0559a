import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import SQLite
import Synchronization

/// A console that is killed and started again, at a helpdesk that misbehaves. Everything is drawn
/// from a seed.
final class ChaosDesk {
  /// One life of the program: a journal on disk and a dispatcher.
  private final class Life: Sendable {
    let folder: TemporaryFolder
    let journal: Journal
    let helpdesk: FaultyHelpdesk
    let dispatcher: Dispatcher
    let running: Task<Void, Never>

    init(
      folder: TemporaryFolder, clock: ManualClock, record: FaultyHelpdesk.Record,
      onWrite: @escaping @Sendable (TicketID) async -> Void
    ) async throws {
      self.folder = folder
      journal = try Journal(
        Journal.Options(folder: folder.path, account: "acme", person: "Maria", clock: clock))
      helpdesk = FaultyHelpdesk(clock: clock, record: record, onWrite: onWrite)
      let dispatcher = Dispatcher(
        journal: journal, line: HelpdeskLine(account: "acme", service: helpdesk))
      self.dispatcher = dispatcher
      running = Task { await dispatcher.run() }
      await dispatcher.settle()
    }
  }

  /// Where the next kill leaves the disk; set while a request is on its way.
  fileprivate struct Kill {
    var isOrdered = false
    var remains: TemporaryFolder?
  }

  let clock = ManualClock()
  let record = FaultyHelpdesk.Record()
  private var random: SeededRandom
  private var life: Life?
  private let kill = Box()
  private var words = 0
  private(set) var kills = 0
  /// Writes that the journal has acknowledged.
  private(set) var acknowledged: Set<Int64> = []

  fileprivate final class Box: Sendable {
    let state = Mutex(Kill())
    let path = Mutex("")
    let cut = Mutex<(@Sendable () -> Void)?>(nil)
  }

  init(seed: UInt64) async throws {
    random = SeededRandom(seed)
    try await start(in: TemporaryFolder())
    for number: Int64 in 1...3 { life?.helpdesk.addTicket(number) }
  }

  var journal: Journal {
    get throws {
      guard let life else { throw JournalError.unavailable(path: "no life") }
      return life.journal
    }
  }

  private func start(in folder: TemporaryFolder) async throws {
    let box = kill
    box.path.withLock { $0 = folder.path }
    let life = try await Life(folder: folder, clock: clock, record: record) { _ in
      box.dieIfOrdered()
    }
    box.cut.withLock { cut in cut = { [weak helpdesk = life.helpdesk] in helpdesk?.cut() } }
    self.life = life
  }

  /// Does something at random, then lets the program work.
  func step() async throws {
    let journal = try journal
    switch random.number(below: 20) {
    case 0...4:
      words += 1
      let isPublic = random.number(below: 3) > 0
      let text = "words \(words)"
      let id = try await journal.proposeAndConfirm(
        ticket(), isPublic ? .testReply(text, seen: .max) : .testNote(text))
      acknowledged.insert(id.rawValue)
    case 5, 6:
      words += 1
      let submitted = try await journal.submitUpdates([
        (
          ticketID: ticket(),
          content: UpdateContent(
            subject: "", change: TicketChange(tags: ["t\(words)"]),
            before: TicketChange(tags: []))
        )
      ])
      acknowledged.formUnion(submitted.writes.map(\.rawValue))
    case 7:
      if let newest = try? await journal.recentWrites(limit: 1).first {
        _ = try? await journal.undo(newest.id)
      }
    case 8, 9: try await edit(journal)
    case 10, 11: order()
    case 12: life?.helpdesk.arriveLate()
    case 13, 16, 17: kill.state.withLock { $0.isOrdered = true }
    case 14: try await journal.setStopped(random.number(below: 3) == 0)
    case 15: life?.helpdesk.fail(.conversations, .before(.offline(reason: "no line")))
    default: break
    }
    try await pass(Int64(random.number(below: 15)))
  }

  /// Ends all faults and waits until nothing moves any more.
  func calmDown() async throws {
    record.state.withLock { $0.faults = [:] }
    kill.state.withLock { $0.isOrdered = false }
    life?.helpdesk.arriveLate()
    try await journal.setStopped(false)
    for _ in 0..<60 { try await pass(30) }
  }

  func end() async {
    await life?.dispatcher.stop()
    await life?.running.value
  }

  private func pass(_ seconds: Int64) async throws {
    clock.advance(by: seconds)
    await life?.dispatcher.settle()
    guard
      let remains = kill.state.withLock({ state in
        defer { state.remains = nil }
        return state.remains
      })
    else { return }
    // The old life is dead: what it stores from now on nobody sees.
    kills += 1
    await end()
    try await start(in: remains)
  }

  private func edit(_ journal: Journal) async throws {
    let open = try await journal.openWrites().filter { $0.payload.draftKind != nil }
    guard !open.isEmpty else { return }
    let write = open[random.number(below: open.count)]
    words += 1
    let text = "words \(words)"
    let payload: WritePayload =
      write.payload.draftKind == .reply ? .testReply(text, seen: .max) : .testNote(text)
    guard let proposal = try? await journal.edit(write.id, payload) else { return }
    if random.number(below: 3) > 0 { try await journal.confirm(write.id, proposal.digest) }
  }

  private func order() {
    let errors: [HelpdeskError] = [
      .serverFailure(status: 502), .connectionLost(reason: "reset"),
      .unreadableAnswer(reason: "cut"),
    ]
    let unclear = errors[random.number(below: errors.count)]
    let clear: [HelpdeskError] = [
      .rateLimited(retryAfter: 20), .offline(reason: "refused"), .forbidden(message: "no"),
    ]
    let faults: [FaultyHelpdesk.Fault] = [
      .before(unclear), .after(unclear), .late(unclear),
      .before(clear[random.number(below: clear.count)]),
    ]
    let calls: [FaultyHelpdesk.Call] = [.send, .post, .update]
    life?.helpdesk.fail(
      calls[random.number(below: 3)], faults[random.number(below: faults.count)])
  }

  private func ticket() -> TicketID { TicketID(Int64(random.number(below: 3) + 1)) }
}

extension ChaosDesk.Box {
  /// Takes the disk as it is now, with the request on its way, and cuts the line behind it.
  fileprivate func dieIfOrdered() {
    let dies = state.withLock { state in
      guard state.isOrdered, state.remains == nil else { return false }
      state.isOrdered = false
      return true
    }
    guard dies else { return }
    // First the line: what is claimed after the disk was copied must not get through.
    let cut = cut.withLock { $0 }
    cut?()
    let folder = path.withLock { $0 }
    let remains = TemporaryFolder()
    var records = 0
    do {
      let connection = try Connection(path: folder + "/journal.db")
      try connection.execute("VACUUM INTO ?", remains.file("journal.db"))
      let copy = try Connection(path: remains.file("journal.db"))
      records =
        try copy.first("SELECT count(*) FROM audit") { row throws(SQLiteError) in
          try row.int(0)
        } ?? 0
    } catch {
      return
    }
    // Another request may have come to its end between the two copies; a disk has no such gap.
    let log = (Files.read(folder + "/audit.log") ?? []).split(separator: 10).prefix(records)
    remains.write("audit.log", log.reduce(into: [UInt8]()) { $0 += Array($1) + [10] })
    if let bytes = Files.read(folder + "/stop") { remains.write("stop", bytes) }
    state.withLock { $0.remains = remains }
  }
}

/// SplitMix64.
struct SeededRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func number(below bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, bound)))
  }
}
