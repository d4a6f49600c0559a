import FoundationEssentials
import Helpdesk
import Testing

@testable import ConsoleModel
@testable import ConsoleUI

/// A robot makes changes in two consoles and at the helpdesk, online and offline, refused, unclear and in
/// bulk, and undoes and redoes them; after each step both screens have to be what the model says.
///
/// `OVERLAY_STEPS=10000 OVERLAY_SEED=7 swift test --filter OverlayRobotTests` runs it as long as one likes.
@Suite(.serialized) struct OverlayRobotTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let steps = environment["OVERLAY_STEPS"].flatMap(Int.init) ?? 150
  private static let seeds: [UInt64] =
    environment["OVERLAY_SEED"].flatMap(UInt64.init).map { [$0] } ?? [1, 2]

  @Test(arguments: seeds) func theScreensShowWhatTheModelSays(_ seed: UInt64) async throws {
    let world = try await RobotWorld(tickets: 30, seed: seed)
    var robot = Robot(seed: seed)
    if let found = world.difference() { Issue.record("at the start: \(found)") }
    for number in 0..<Self.steps {
      let step = try await robot.step(world)
      try await world.settle()
      if let found = world.difference() {
        Issue.record("seed \(seed), step \(number), \(robot.log.suffix(8)), \(step): \(found)")
        break
      }
    }
    // In the end the helpdesk has what the model says, and nothing waits for it.
    await world.setOnline(true)
    try await world.settle()
    try await world.lookUp()
    try await world.sync()
    try await world.settle()
    #expect(world.difference() == nil)
    for ticket in try await world.read() {
      let id = ticket.id.rawValue
      #expect(RobotModel.Values(ticket) == world.model.helpdesk[id], "#\(id), seed \(seed)")
    }
    await world.end()
  }
}

/// Draws the steps.
private struct Robot {
  private var dice: Dice
  private(set) var log: [String] = []

  private struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(sides))
    }
  }

  init(seed: UInt64) { dice = Dice(state: seed) }

  private static let priorities: [(key: String, value: Int64)] = [
    ("l", 1), ("m", 2), ("h", 3), ("u", 4),
  ]

  /// Does one step and says which.
  mutating func step(_ world: RobotWorld) async throws -> String {
    let words: String
    switch dice.roll(16) {
    case 0..<5: words = await change(world, marks: 0)
    case 5: words = await change(world, marks: 2 + dice.roll(4))
    case 6..<9: words = await undo(world)
    case 9: words = await redo(world)
    case 10, 11: words = try await foreign(world)
    case 12:
      try await world.sync()
      words = "sync"
    case 13:
      await world.setOnline(!world.model.isOnline)
      words = world.model.isOnline ? "online" : "offline"
    case 14: words = try await fault(world)
    default:
      if dice.roll(2) == 0 {
        try await world.lookUp()
        words = "looked up"
      } else {
        words = await view(world)
      }
    }
    log.append(words)
    return words
  }

  private mutating func place(_ world: RobotWorld, _ number: Int) async {
    let window = world.windows[number]
    await window.press("g g")
    let rows = min(window.state.queue.rows.count, 12)
    for _ in 0..<dice.roll(max(1, rows)) { await window.press("j") }
  }

  /// A change of one field, on the ticket under the cursor or on marks.
  private mutating func change(_ world: RobotWorld, marks: Int) async -> String {
    let number = dice.roll(2)
    let window = world.windows[number]
    await place(world, number)
    for _ in 0..<marks { await window.press("x j") }
    let (tickets, areMarks) = window.state.targets
    guard !tickets.isEmpty else { return "nothing under the cursor" }
    var request = RobotModel.Request(field: .priority, wanted: 0, tickets: tickets.map(\.rawValue))
    let kind = dice.roll(3)
    switch kind {
    case 0:
      let priority = Self.priorities[dice.roll(4)]
      request.wanted = priority.value
      await window.press("p \(priority.key)")
    case 1:
      request.field = .status
      request.wanted = Int64(2 + dice.roll(2))
      await window.press("s \(request.wanted - 1)")
    default:
      request.field = .agent
      request.wanted = world.me
      await window.press("A")
    }
    await window.agree()
    await window.press("Esc * n")
    world.model.submit(request, in: number, isRedo: false)
    return "window \(number): \(request) marks \(areMarks)"
  }

  private mutating func undo(_ world: RobotWorld) async -> String {
    let number = dice.roll(2)
    let count = 1 + dice.roll(3)
    for _ in 0..<count {
      await world.windows[number].press("u")
      world.model.undo(in: number)
    }
    return "window \(number): \(count) undone"
  }

  private mutating func redo(_ world: RobotWorld) async -> String {
    let number = dice.roll(2)
    await world.windows[number].press("U")
    await world.windows[number].agree()
    await world.windows[number].press("Esc")
    guard let request = world.model.windows[number].redos.popLast() else { return "no redo" }
    world.model.submit(request, in: number, isRedo: true)
    return "window \(number): redo \(request)"
  }

  private mutating func foreign(_ world: RobotWorld) async throws -> String {
    // A fault waits for an own change.
    let tickets = world.model.helpdesk.keys.sorted().filter { world.model.faults[$0] == nil }
    let ticket = tickets[dice.roll(tickets.count)]
    let field = RobotModel.Field.allCases[dice.roll(3)]
    let value: Int64 =
      switch field {
      case .priority: Int64(1 + dice.roll(4))
      case .status: Int64(2 + dice.roll(2))
      case .agent: ([0, world.me] + world.others)[dice.roll(2 + world.others.count)]
      }
    try await world.changeAsColleague(ticket, field, value)
    return "colleague: #\(ticket) \(field) \(value)"
  }

  private mutating func fault(_ world: RobotWorld) async throws -> String {
    let tickets = world.windows[0].state.queue.rows.prefix(12).map(\.id.rawValue)
    guard !tickets.isEmpty else { return "no fault" }
    let ticket = tickets[dice.roll(tickets.count)]
    let fault = dice.roll(2) == 0 ? RobotModel.Fault.refusal : .silence
    try await world.order(fault, on: ticket)
    return "\(fault) on #\(ticket)"
  }

  private mutating func view(_ world: RobotWorld) async -> String {
    let (number, view) = (dice.roll(2), 1 + dice.roll(3))
    await world.windows[number].press("\(view) S 4")
    return "window \(number): view \(view)"
  }
}
