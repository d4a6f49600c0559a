public import Terminal

/// Holds the state and does what `update` asks for. Lives on the main thread and is deliberately not
/// `Sendable`; background work comes in through the `ActionQueue` alone.
///
/// One turn of the loop: `send(.key(...))` for every key that waits, `drain()`, then, when
/// `needsFrame`, present `frame()` and call `painted()`. Between turns wait for a key, for the waker,
/// or for `nextTick`.
public final class ConsoleRuntime {
  public private(set) var state: ConsoleState
  /// Whether something has changed since the last frame.
  public private(set) var needsFrame = true
  /// The program may end: it was asked to, and what was typed is on disk.
  public var isFinished: Bool {
    hasQuit && state.isQuitting && savesUnderWay == 0 && state.waitingSaves.isEmpty
      && state.waitingSubmissions.isEmpty && state.leaving.isEmpty && state.unsent.isEmpty
  }

  let services: Services
  let queue: ActionQueue
  private let clock: () -> Moment
  private let steadyClock: () -> Moment
  /// By how much the clock was ahead of the steady one at the last action, in milliseconds.
  private var lead: Int64
  private var hasQuit = false
  /// The last key when it changed nothing but the state; it will probably be pressed again.
  private var repeatedKey: Key?
  private var foreseen: ForeseenStep?
  /// The frame of the state, when the step to it was foreseen.
  private var foreseenFrame: Frame?
  /// The state before a foreseen step, freed when nobody waits for a frame.
  private var retired: ConsoleState?
  private var savesUnderWay = 0

  /// `clock` tells the time in milliseconds, and may be set while the console runs. `steadyClock`
  /// counts from anywhere and is never set.
  public init(
    state: ConsoleState, services: Services, queue: ActionQueue, clock: @escaping () -> Moment,
    steadyClock: @escaping () -> Moment
  ) {
    self.state = state
    self.services = services
    self.queue = queue
    self.clock = clock
    self.steadyClock = steadyClock
    lead = clock().milliseconds - steadyClock().milliseconds
  }

  /// Makes the first reads; the first frame can be drawn after it.
  public func start() {
    send(.resized(state.size))
    send(.started)
  }

  /// Takes one action in and does what follows from it, reads included.
  public func send(_ action: ConsoleAction) {
    readClocks()
    needsFrame = true
    let step = foreseen
    foreseen = nil
    foreseenFrame = nil
    var key: Key?
    if case .key(let pressed) = action { key = pressed }
    if let step, step.key == key, let foretold = step.state(at: state.now) {
      retired = state
      state = foretold
      foreseenFrame = step.frame
      return
    }
    var waiting = [action]
    var next = 0
    var hadEffects = false
    while next < waiting.count {
      let effects = update(&state, waiting[next])
      next += 1
      for effect in effects {
        hadEffects = true
        waiting += execute(effect)
      }
    }
    if let key { repeatedKey = hadEffects ? nil : key }
  }

  /// Takes the time. What counts down from a moment goes on counting when the clock was set.
  private func readClocks() {
    state.now = clock()
    let step = state.now.milliseconds - steadyClock().milliseconds - lead
    guard abs(step) > 500 else { return }
    lead += step
    foreseen = nil
    state.clockWasSet(by: step)
  }

  /// Takes in what background work has sent; true when there was something.
  @discardableResult
  public func drain() -> Bool {
    let actions = queue.drain()
    for action in actions {
      if case .draftSaved = action { savesUnderWay -= 1 }
      send(action)
    }
    return !actions.isEmpty
  }

  /// Reads what the frame still needs, and draws it.
  public func frame() -> Frame {
    if let foreseenFrame {
      needsFrame = false
      return foreseenFrame
    }
    if let id = state.wantedDetail { send(.detailLoaded(id, services.queue.detail(id))) }
    if let id = state.wantedItem { send(.itemLoaded(services.outbox.item(id))) }
    needsFrame = false
    return render(state)
  }

  /// Does what the next key will probably ask for: most keys are pressed many times in a row. To be
  /// called while nobody waits for a frame; the step is dropped when anything else comes first.
  public func lookAhead() {
    if let load = state.queue.missingSoon {
      let neededFrame = needsFrame
      execute(.loadQueue(load)).forEach(send)
      needsFrame = neededFrame
    }
    retired = nil
    if foreseen == nil, let key = repeatedKey {
      foreseen = ForeseenStep(key, from: state, services.queue)
      // It would ask for something: not worth trying again before it is pressed.
      if foreseen == nil { repeatedKey = nil }
    }
  }

  /// To be called when the frame was handed to the terminal. A question in it takes keys from now on,
  /// and its confirmation once it is on the screen: `ask` asks the terminal behind the frame for an
  /// answer, which comes back as `.terminalAnswered`, or returns nil where none will come.
  public func painted(asking ask: () -> Int? = { nil }) {
    guard state.hasUnpaintedPrompt else { return }
    send(.painted(question: ask()))
    needsFrame = false
  }

  /// When to wake up although no key comes; nil when nothing counts down.
  public var nextTick: Moment? { state.nextTick }

  /// Nothing is under way and nothing waits to be taken in.
  public var isIdle: Bool { queue.workerCount == 0 && queue.isEmpty }

  func begin() { queue.beginWork() }

  func quit() { hasQuit = true }

  func countSave() { savesUnderWay += 1 }
}
