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
    hasQuit && savesUnderWay == 0 && state.waitingSaves.isEmpty
      && state.waitingSubmissions.isEmpty
  }

  let services: Services
  let queue: ActionQueue
  private let clock: () -> Moment
  private let steadyClock: () -> Moment
  /// By how much the clock was ahead of the steady one at the last action, in milliseconds.
  private var lead: Int64
  private var hasQuit = false
  /// The thread that the next step probably shows.
  private var prepared: ThreadState?
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
    var waiting = [action]
    var next = 0
    while next < waiting.count {
      let effects = update(&state, waiting[next])
      next += 1
      for effect in effects { waiting += execute(effect) }
    }
  }

  /// Takes the time. What counts down from a moment goes on counting when the clock was set.
  private func readClocks() {
    state.now = clock()
    let step = state.now.milliseconds - steadyClock().milliseconds - lead
    guard abs(step) > 500 else { return }
    lead += step
    state.clockWasSet(by: step)
  }

  /// Takes in what background work has sent; true when there was something.
  @discardableResult
  public func drain() -> Bool {
    let actions = queue.drain()
    if !actions.isEmpty { prepared = nil }
    for action in actions {
      if case .draftSaved = action { savesUnderWay -= 1 }
      send(action)
    }
    return !actions.isEmpty
  }

  /// Reads what the frame still needs, and draws it.
  public func frame() -> Frame {
    if let prepared, prepared.ticketID == state.wantedDetail { send(.threadPrepared(prepared)) }
    if let id = state.wantedDetail { send(.detailLoaded(id, services.queue.detail(id))) }
    if let id = state.wantedItem { send(.itemLoaded(services.outbox.item(id))) }
    needsFrame = false
    return render(state)
  }

  /// Reads what the next step will probably need. To be called while nobody waits for a frame; what
  /// it reads is dropped as soon as background work brings something new.
  public func lookAhead() {
    if let load = state.queue.missingSoon {
      let neededFrame = needsFrame
      execute(.loadQueue(load)).forEach(send)
      needsFrame = neededFrame
    }
    guard let id = state.probableDetail, prepared?.ticketID != id else { return }
    prepared = state.thread.prepared(id, services.queue.detail(id))
  }

  /// To be called when the frame is on the screen: a question takes keys from now on.
  public func painted() {
    let hadQuestion = state.dialogs.last?.gate.map { $0.paintedAt == nil } ?? false
    guard hadQuestion else { return }
    send(.painted)
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
