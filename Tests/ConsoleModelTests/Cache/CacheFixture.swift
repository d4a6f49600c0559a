import ConsoleModel
import FoundationEssentials
import Helpdesk
import SQLite
import Synchronization

/// A cache in a folder of its own that is gone after the test, with a clock that the test moves.
final class CacheFixture: Sendable {
  let folder: URL
  let file: CacheFile
  let store: CacheStore
  let outcome: CacheFile.Outcome
  private let moment: Box

  static let noon: Int64 = 1_790_000_000

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let moment = Box(Self.noon)
    self.moment = moment
    file = CacheFile(path: folder.appending(path: "cache.db").path) { Timestamp(moment.value) }
    (store, outcome) = try file.open()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func advance(_ seconds: Int64) { moment.add(seconds) }

  func reader() throws -> CacheReader { try file.reader() }

  /// A number that closures may read while a test moves it.
  final class Box: Sendable {
    private let number: Mutex<Int64>
    init(_ value: Int64) { number = Mutex(value) }
    var value: Int64 { number.withLock { $0 } }
    func add(_ amount: Int64) { number.withLock { $0 += amount } }
  }
}

/// A generator with a seed, so that a failing case comes back.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9e37_79b9_7f4a_7c15 }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

extension Ticket {
  /// A ticket with everything that a test does not care about filled in.
  static func sample(
    _ id: Int64, subject: String = "Printer on fire", status: TicketStatus = .open,
    agent: Int64? = nil, updatedAt: Int64 = CacheFixture.noon, createdAt: Int64? = nil,
    requester: Int64 = 1, dueAt: Int64? = nil
  ) -> Ticket {
    Ticket(
      id: TicketID(id), subject: subject, status: status, requesterID: ContactID(requester),
      agentID: agent.map(AgentID.init), createdAt: Timestamp(createdAt ?? updatedAt - 3600),
      updatedAt: Timestamp(updatedAt), dueAt: dueAt.map(Timestamp.init),
      description: MessageBody(html: "", text: "zq"))
  }
}

extension Conversation {
  static func sample(
    _ id: Int64, on ticket: Int64, kind: ConversationKind = .customer, author: Int64 = 1,
    text: String = "It still burns", at moment: Int64 = CacheFixture.noon
  ) -> Conversation {
    Conversation(
      id: ConversationID(id), ticketID: TicketID(ticket), kind: kind, authorID: author,
      body: MessageBody(html: "<p>\(text)</p>", text: text), createdAt: Timestamp(moment),
      updatedAt: Timestamp(moment))
  }
}
