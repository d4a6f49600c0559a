import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal

/// The whole console without a terminal: keys in, frames out, time by hand.
final class ConsoleDriver {
  let desk: FakeDesk
  let runtime: ConsoleRuntime
  let queue: ActionQueue
  /// Whether the time between keys is used as the program's loop uses it.
  var looksAhead = true
  /// Asks the terminal behind a frame; nil for one that never answers.
  var asks: () -> Int? = { nil }
  /// The frame that the last key brought, before any time passed.
  private(set) var painted = Frame(size: .zero)
  private let time: ClockBox

  /// Time that the test moves.
  private final class ClockBox {
    var now: Moment
    /// Set apart from the time that passes.
    var wrongBy: Int64 = 0
    init(_ now: Moment) { self.now = now }
  }

  init(
    _ size: Size = Size(width: 80, height: 24), desk: FakeDesk = FakeDesk(),
    settings: ConsoleSettings = ConsoleSettings(), keys: KeyTable = KeyTable()
  ) {
    self.desk = desk
    let time = ClockBox(Moment(SampleDesk.now))
    self.time = time
    queue = ActionQueue(wake: {})
    runtime = ConsoleRuntime(
      state: ConsoleState(size: size, now: time.now, settings: settings, keys: keys),
      services: desk.services, queue: queue, clock: { time.now.after(time.wrongBy) },
      steadyClock: { time.now })
    runtime.start()
    settle()
  }

  var state: ConsoleState { runtime.state }

  /// Takes in every answer, then paints.
  @discardableResult
  func settle() -> Frame {
    repeat { runtime.drain() } while !runtime.isIdle
    let frame = runtime.frame()
    runtime.painted(asking: asks)
    let shown = runtime.needsFrame ? runtime.frame() : frame
    if looksAhead { runtime.lookAhead() }
    return shown
  }

  /// Moves the clock and lets the console see it.
  func wait(milliseconds: Int64) {
    time.now = time.now.after(milliseconds)
    runtime.send(.tick)
    settle()
  }

  /// Lets time pass unseen.
  func pass(milliseconds: Int64) { time.now = time.now.after(milliseconds) }

  /// Sets the clock of the machine, forwards or back.
  func setClock(by milliseconds: Int64) { time.wrongBy += milliseconds }

  /// A key as a person presses it: painted before, and the quiet time is over.
  func press(_ key: Key) {
    runtime.send(.key(key))
    painted = settle()
    time.now = time.now.after(300)
    runtime.send(.tick)
    if looksAhead { runtime.lookAhead() }
  }

  /// Keys and frames while no call is answered; then the quiet time is over.
  func pressUnanswered(_ keys: String) {
    for word in keys.split(separator: " ") {
      guard let key = Key(notation: String(word)) else { continue }
      runtime.send(.key(key))
      _ = runtime.frame()
      runtime.painted(asking: asks)
      time.now = time.now.after(300)
    }
  }

  /// Keys in the notation of tables, separated by blanks.
  func press(_ keys: String) {
    for word in keys.split(separator: " ") {
      if let key = Key(notation: String(word)) { press(key) }
    }
  }

  func type(_ text: String) {
    for character in text { press(character == "\n" ? .enter : .character(character)) }
  }

  func resize(_ width: Int, _ height: Int) {
    runtime.send(.resized(Size(width: width, height: height)))
    settle()
  }

  var screen: String { settle().text }

  /// The status line without blanks at its ends.
  var status: String {
    let rows = settle().rows
    return rows.count < 2 ? "" : rows[rows.count - 2].trimmingBlanks
  }

  /// Puts the cursor on a ticket.
  func select(_ id: Int64) {
    guard let index = state.queue.rows.firstIndex(where: { $0.id == TicketID(id) }) else { return }
    press("g g")
    for _ in 0..<index { press(.character("j")) }
  }
}

extension String {
  var trimmingBlanks: String {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
