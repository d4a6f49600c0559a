import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Somebody who presses keys of movement only, in any order, and looks at every frame.
@Suite struct NavigationRobotTests {
  private static let keys = [
    "j", "k", "l", "h", "G", "g g", "J", "K", "Tab", "Shift-Tab", "Enter", "Esc", "q", "1", "2",
    "3", "4", "9", "[", "]", "-", "g c", "g C", "g o", "g d", "g s", "g A", "g v", "g q", "g l",
    "?", "n", "N", "Ctrl-d", "Ctrl-u", "Ctrl-f", "Ctrl-b", "Ctrl-n", "Ctrl-p", "Space", "i", "P",
    "+", "_", "o", "x", "v", "* a", "* n", "* u", "* o", "* i", "* r", "z n", "z a", "S",
  ]
  private static let lines = ["/re", "g /API", "g /invoice", ":first", "/"]
  private static let linesOfWork = ["#48111", "#48207", "#999999", "\\"]

  /// What has to hold after every key.
  private func check(_ driver: ConsoleDriver, _ trace: String) {
    let state = driver.state
    let queue = state.queue
    // The cursor shows a row of the view, or one that has just left it.
    #expect(queue.rows.isEmpty || queue.current != nil, "\(trace)")
    let whole = driver.desk.matching(queue.filteredQuery).map(\.id)
    for row in queue.rows where row.id != queue.gone {
      #expect(whole.contains(row.id), "#\(row.id) is not in \(queue.name): \(trace)")
    }
    // Position and total never contradict each other, nor the rows.
    if let total = queue.knownTotal, let rank = queue.rank, queue.gone == nil, !queue.rows.isEmpty {
      #expect(rank <= total.value, "\(rank) of \(total.value): \(trace)")
      #expect(!total.isExact || total.value == whole.count, "\(trace)")
    }
    // The tab in brackets is the view whose rows are shown.
    if let index = queue.viewIndex {
      #expect(driver.desk.views[index].name == queue.name, "\(trace)")
      #expect(driver.desk.views[index].query == queue.query || queue.isSorted, "\(trace)")
    }
    // The open thread is the one of the cursor, as long as the queue has the keys.
    if state.screen == .desk, state.focus == .queue {
      #expect(state.thread.ticketID == queue.current?.id, "\(trace)")
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func movingNeverLeavesTheProgramAndBackAlwaysReturns(seed: UInt64) {
    var dice = RobotTests.Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let sizes = [(80, 24), (120, 40), (200, 50), (40, 12)]
    let (width, height) = sizes[dice.roll(sizes.count)]
    let driver = ConsoleDriver(
      Size(width: width, height: height), desk: SampleOutbox.desk(),
      settings: ConsoleSettings(confirmsQuit: true))
    var trace: [String] = []
    for step in 0..<400 {
      if dice.roll(14) == 0 {
        let isWork = driver.state.place == .queue || driver.state.place == .thread
        let lines = isWork ? Self.lines + Self.linesOfWork : Self.lines
        let line = lines[dice.roll(lines.count)]
        trace.append(line)
        if line.hasPrefix("g ") { driver.press("g") }
        for character in line where character != " " {
          if character == "g", line.hasPrefix("g ") { continue }
          driver.press(.character(character))
        }
        driver.press(.enter)
      } else {
        let keys = Self.keys[dice.roll(Self.keys.count)]
        trace.append(keys)
        driver.press(keys)
      }
      // Nobody says y or writes here.
      while [.prompt, .menu, .picker, .editor, .filter, .line, .command, .reader].contains(
        driver.state.place)
      {
        driver.press(.escape)
      }
      let words = "seed \(seed) step \(step): \(trace.suffix(14).joined(separator: " "))"
      check(driver, words)
      #expect(!driver.state.isQuitting && driver.desk.submissions.isEmpty, "\(words)")
      if step % 40 == 39 { goesHome(driver, words) }
    }
  }

  /// Every page leads out with q in few steps, and the last q asks.
  private func goesHome(_ driver: ConsoleDriver, _ trace: String) {
    var count = 0
    while driver.state.place != .prompt, count < 80 {
      driver.press("q")
      count += 1
    }
    #expect(
      driver.state.place == .prompt && driver.state.isAtRoot,
      "\(driver.state.place) \(driver.state.screen): \(trace)")
    #expect(driver.state.queue.viewIndex != nil, "\(trace)")
    driver.press("n")
    #expect(!driver.state.isQuitting, "\(trace)")
  }

  @Test(arguments: [UInt64(11), 12, 13])
  func enteringAndLeavingAPageChangesNothing(seed: UInt64) {
    var dice = RobotTests.Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    let pages = ["g c", "g C", "g o", "g d", "g s", "g A", "g v", "?"]
    for _ in 0..<60 {
      for _ in 0..<dice.roll(6) {
        driver.press(["j", "k", "2", "3", "]", "G", "l", "h"][dice.roll(8)])
      }
      let (name, row) = (driver.state.queue.name, driver.state.queue.current?.id)
      let (focus, ticket) = (driver.state.focus, driver.state.thread.ticketID)
      let wasAtRoot = driver.state.isAtRoot
      let page = pages[dice.roll(pages.count)]
      driver.press(page)
      for _ in 0..<dice.roll(3) { driver.press("j") }
      if driver.state.isAtRoot != wasAtRoot || driver.state.screen != .desk
        || driver.state.queue.name != name
      {
        driver.press("q")
      }
      #expect(driver.state.queue.name == name, "\(page)")
      #expect(driver.state.focus == focus, "\(page)")
      #expect(driver.state.thread.ticketID == ticket || focus == .queue, "\(page)")
      #expect(driver.state.queue.current?.id == row || !wasAtRoot, "\(page)")
    }
  }
}

extension QueueState {
  /// Whether the order was chosen by hand.
  fileprivate var isSorted: Bool { query.sort != QueueSort(.due) }
}
