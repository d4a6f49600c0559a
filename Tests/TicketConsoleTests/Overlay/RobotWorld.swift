import ConsoleTestSupport
import FoundationEssentials
import Freshdesk
import HTTPClient
import Helpdesk
import HelpdeskSandbox
import Synchronization
import Testing

@testable import ConsoleModel
@testable import ConsoleUI

/// Two consoles on one profile, a sandbox behind them, and the model of what both have to show.
final class RobotWorld {
  let folder = TemporaryFolder()
  let clock = ManualClock()
  let server: SandboxServer
  let windows: [RobotWindow]
  var model = RobotModel()
  let me: Int64
  let others: [Int64]
  private let service: FreshdeskService
  private let colleague: FreshdeskService
  private let dispatcher: Dispatcher
  private let cable = Cable()
  private let transport: CurlTransport
  private let touched = Touched()
  private let running: Task<Void, Never>

  /// Tickets whose answer has been saved.
  private final class Touched: Sendable {
    private let number = Mutex(0)
    func add() { number.withLock { $0 += 1 } }
    var count: Int { number.withLock { $0 } }
  }

  init(tickets: Int, seed: UInt64) async throws {
    let clock = clock
    var options = SandboxOptions()
    options.tickets = tickets
    options.seed = seed
    options.plan = "unlimited"
    options.clock = SandboxClock { clock.now.seconds }
    options.generatedAt = clock.now.seconds - 86_400
    let server = try SandboxServer(options)
    self.server = server
    let transport = CurlTransport()
    self.transport = transport
    func service(_ number: Int, _ transport: any HTTPTransport) throws -> FreshdeskService {
      FreshdeskService(
        address: try FreshdeskAddress(parsing: server.url),
        key: try #require(APIKey(server.agents[number].apiKey)), transport: transport,
        limiter: RequestLimiter(clock: clock))
    }
    let own = try service(0, CabledTransport(cable: cable, transport: transport))
    self.service = own
    colleague = try service(0, transport)
    let agent = try await own.me(lane: .interactive)
    me = agent.id.rawValue
    let account = Account(
      name: "acme", url: server.url, agentID: me, agentName: agent.name, keySource: .file)
    let first = try RobotWindow(folder: folder.path, account: account, clock: clock)
    let second = try RobotWindow(folder: folder.path, account: account, clock: clock)
    windows = [first, second]
    let (cache, overlay, touched) = (first.cache, first.overlay, touched)
    try await cache.save(me: agent)
    dispatcher = Dispatcher(
      journal: first.journal, line: HelpdeskLine(account: "acme", service: own),
      agentID: agent.id
    ) { id, ticket in
      _ = try? await overlay.catchUp()
      let answer = if let ticket { ticket } else { try? await own.ticket(id, lane: .interactive) }
      if let answer { _ = try? await cache.save(tickets: [answer]) }
      touched.add()
    }
    let dispatcher = dispatcher
    running = Task { await dispatcher.run() }
    others = Array(
      Set(try await own.agents(page: 1, lane: .interactive).items.map(\.id.rawValue))
    ).filter { $0 != agent.id.rawValue }.sorted()
    try await sync()
    for (id, values) in model.cached { model.helpdesk[id] = values }
    for window in windows {
      try await window.followJournal()
      await window.press("1 S 4")
    }
  }

  func end() async {
    await dispatcher.stop()
    await running.value
    server.stop()
  }

  // The outside

  func read() async throws -> [Ticket] {
    var (all, next): ([Ticket], Int?) = ([], 1)
    while let page = next {
      let answer = try await colleague.tickets(
        updatedSince: Timestamp(0), page: page, lane: .background)
      all += answer.items
      next = answer.next
    }
    return all
  }

  /// All tickets as the helpdesk has them go into the cache.
  func sync() async throws {
    let tickets = try await read()
    try await windows[0].cache.save(tickets: tickets)
    for ticket in tickets { model.cached[ticket.id.rawValue] = RobotModel.Values(ticket) }
  }

  func changeAsColleague(_ ticket: Int64, _ field: RobotModel.Field, _ value: Int64) async throws {
    clock.advance(by: 1)
    var change = TicketChange()
    switch field {
    case .priority: change.priority = TicketPriority(rawValue: Int(value))
    case .status: change.status = TicketStatus(rawValue: Int(value))
    case .agent: change.agentID = .some(value == 0 ? nil : AgentID(value))
    }
    let permit = try await colleague.permit(for: .update, lane: .interactive)
    _ = try await colleague.update(TicketID(ticket), with: change, permit: permit)
    model.helpdesk[ticket]?[field] = value
  }

  func setOnline(_ isOnline: Bool) async {
    cable.pull(!isOnline)
    model.isOnline = isOnline
    if isOnline { await dispatcher.lineIsBack() }
  }

  /// The next change of the ticket is refused, or answered by a failure.
  func order(_ fault: RobotModel.Fault, on ticket: Int64) async throws {
    guard model.faults[ticket] == nil else { return }
    let code = fault == .refusal ? 403 : 502
    let body = """
      {"method":"PUT","path":"/tickets/\(ticket)","action":"status","code":\(code),"times":1}
      """
    let response = try await transport.send(
      HTTPRequest(method: .post, url: server.control + "/faults", body: .bytes(Array(body.utf8))))
    #expect(response.status == 201)
    model.faults[ticket] = fault
  }

  // Time

  /// Lets all happen that follows from the last step, in the program and in the model.
  func settle() async throws {
    model.deliver()
    await dispatcher.settle()
    await untilTouched()
    for window in windows { try await window.followJournal() }
  }

  /// Lets the looks for unclear outcomes happen.
  func lookUp() async throws {
    for seconds: Int64 in [5, 10, 30, 75, 60] {
      clock.advance(by: seconds)
      await dispatcher.settle()
    }
    model.lookUp()
    model.deliver()
    try await settle()
  }

  /// The answers are saved behind the dispatcher's back.
  private func untilTouched() async {
    var rounds = 0
    while touched.count < model.accepted, rounds < 200_000 {
      rounds += 1
      await Task.yield()
    }
  }

  // Comparing

  /// The first thing on a screen that is not what the model says; nil when all is right.
  func difference() -> String? {
    for (number, window) in windows.enumerated() {
      if let found = difference(of: window) { return "window \(number): \(found)" }
    }
    return nil
  }

  private func difference(of window: RobotWindow) -> String? {
    let queue = window.state.queue
    for row in queue.rows {
      let (wanted, pending) = (model.shown(row.id.rawValue), model.pending(row.id.rawValue))
      let values = RobotModel.Values(
        priority: row.priority.rawValue, status: row.status.rawValue,
        agent: row.agentID?.rawValue ?? 0)
      guard values == wanted, row.pending == pending else {
        return "#\(row.id) shows \(values) \(row.pending.names), not \(wanted) \(pending.names)"
      }
    }
    let anchored = queue.anchor == nil ? nil : queue.current?.id.rawValue
    let rows = queue.rows.map(\.id.rawValue).filter { $0 != anchored }
    let wanted = members(queue.viewIndex ?? 0).filter { $0 != anchored }
    guard rows == wanted else { return "rows \(rows), not \(wanted)" }
    let counts = window.state.counts.views.map { $0?.value ?? -1 }
    let wantedCounts = (0..<3).map { members($0).count }
    guard counts == wantedCounts else { return "counts \(counts), not \(wantedCounts)" }
    if let detail = window.state.thread.detail {
      let values = RobotModel.Values(detail.ticket)
      let wanted = model.shown(detail.ticket.id.rawValue)
      guard values == wanted else { return "thread #\(detail.ticket.id) \(values), not \(wanted)" }
    }
    return nil
  }

  /// The tickets of a view in their order: highest priority first, then the highest number.
  private func members(_ view: Int) -> [Int64] {
    model.cached.keys.filter { id in
      let values = model.shown(id)
      switch view {
      case 0: return values.status == TicketStatus.open.rawValue
      case 1: return values.agent == 0
      default: return values.priority >= 3
      }
    }.sorted { ($0.order(model), $0) > ($1.order(model), $1) }
  }
}

extension Int64 {
  fileprivate func order(_ model: RobotModel) -> Int { model.shown(self).priority }
}

extension RobotModel.Values {
  init(_ ticket: Ticket) {
    self.init(
      priority: ticket.priority.rawValue, status: ticket.status.rawValue,
      agent: ticket.agentID?.rawValue ?? 0)
  }
}

private struct CabledTransport: HTTPTransport {
  let cable: Cable
  let transport: CurlTransport

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    if cable.isOut {
      throw TransportError(.cannotConnect, mayHaveBeenSent: false, detail: "pulled")
    }
    return try await transport.send(request)
  }
}
