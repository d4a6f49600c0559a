import ConsoleModel
import ConsoleUI
import Glibc
import Helpdesk
import Terminal
import Testing

/// A user who presses anything, at any size, while the world changes underneath.
@Suite struct RobotTests {
  /// Small numbers that look random and come again with the same seed.
  struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(max(1, sides)))
    }
  }

  private static let texts = ["ma", "re", "Hi", "+vpn", "-x", "48207", "assign maria", "\u{1B}[2J"]

  func key(_ dice: inout Dice) -> Key {
    let letters = Array("jjjjkkkgGoqxvnNruUacdsptTeEyYzMRqaiPS123456789[]-#/\\:*$.,?+_HFRlh ")
    switch dice.roll(20) {
    case 0: return .enter
    case 1: return .escape
    case 2: return .tab
    case 3: return [.up, .down, .left, .right, .pageUp, .pageDown, .home, .end][dice.roll(8)]
    case 4: return .control(Array("dufbnpkrlxoegtwc")[dice.roll(16)])
    case 5: return [.backspace, .delete, .backTab, .function(5), .alt("x")][dice.roll(5)]
    case 6: return .paste("pasted\ny\ttext")
    default: return .character(letters[dice.roll(letters.count)])
    }
  }

  /// What has to hold for every frame.
  private func check(_ frame: Frame, _ driver: ConsoleDriver, _ trace: String) {
    let rows = frame.rows
    #expect(rows.count == driver.state.size.height, "\(trace)")
    let isClean = frame.cells.allSatisfy { cell in
      let value = cell.scalar.value
      return value >= 0x20 && !(0x7F..<0xA0).contains(value) && value != 0x200F
        && !(0x202A...0x202E).contains(value) && !(0x2066...0x2069).contains(value)
    }
    #expect(isClean, "\(trace)")
    if driver.state.layout.shape != .tooSmall {
      let roles = Set(
        (0..<frame.size.width).map { frame[Point(x: $0, y: frame.size.height - 2)].role })
      #expect(
        roles.contains(.statusBar) || roles.contains(.statusBarStrong)
          || roles.contains(.fieldText),
        "\(trace)")
    }
    let queue = driver.state.queue
    #expect(queue.rows.isEmpty || queue.rows.indices.contains(queue.cursor), "\(trace)")
    if let cursor = frame.cursor {
      #expect(Rect(size: frame.size).contains(cursor), "\(trace)")
    }
  }

  private func changeTheWorld(_ driver: ConsoleDriver, _ dice: inout Dice) {
    let desk = driver.desk
    switch dice.roll(6) {
    case 0 where desk.rows.count > 4: desk.rows.remove(at: dice.roll(desk.rows.count))
    case 1:
      var row = SampleDesk.rows[dice.roll(18)]
      row.id = TicketID(Int64(60_000 + dice.roll(500)))
      row.subject = "\u{1B}]0;owned\u{7}\u{202E}new 漢字 ticket"
      row.position = QueuePosition(key: row.position.key, id: row.id)
      desk.rows.removeAll { $0.id == row.id }
      desk.rows.append(row)
      desk.details[row.id] = SampleDesk.detail(of: row)
    case 2: desk.status.link = .offline(since: SampleDesk.now)
    case 3: desk.status.link = .online
    case 4: desk.items = SampleOutbox.desk().items
    default: break
    }
    driver.queue.notify(.cacheChanged)
    driver.queue.notify(.outboxChanged)
    driver.queue.notify(.statusChanged)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4]) func anyKeysLeaveAWholeScreen(seed: UInt64) {
    var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    let sizes = [(80, 24), (120, 40), (200, 50), (40, 12), (100, 20), (160, 30), (30, 7), (20, 5)]
    let count = getenv("ROBOT_KEYS").flatMap { Int(String(cString: $0)) } ?? 1500
    var trace: [String] = []
    for step in 0..<count {
      if step % 60 == 59 {
        let (width, height) = sizes[dice.roll(sizes.count)]
        driver.resize(width, height)
      }
      if step % 23 == 22 { changeTheWorld(driver, &dice) }
      if driver.state.place.takesText, dice.roll(3) == 0 {
        for character in Self.texts[dice.roll(Self.texts.count)] {
          driver.runtime.send(.key(.character(character)))
        }
      }
      let key = key(&dice)
      trace.append(key.notation)
      driver.runtime.send(.key(key))
      let frame = driver.settle()
      if dice.roll(3) == 0 { driver.wait(milliseconds: 400) }
      check(
        frame, driver,
        "seed \(seed) step \(step): \(trace.suffix(12).joined(separator: " "))")
      if driver.runtime.isFinished { return }
      if driver.state.isQuitting { break }
    }
  }
}
