import ConsoleModel
import ConsoleUI
import Glibc
import Helpdesk
import Terminal

/// The console of one account on one terminal: opens everything, and turns keys into frames until the
/// person leaves. Lives on the main thread.
final class ConsoleProgram {
  private let host: TerminalHost
  private let runtime: ConsoleRuntime
  private let link: DeskLink
  private let queue: ActionQueue
  private let session: AccountSession
  private let observation: Int
  private var canPaint = true
  private var attention: Attention
  private var pace = KeyPace()
  private var shown: Frame?
  /// When the panes that were left as they were are painted; nil when all is painted.
  private var restDue: ContinuousClock.Instant?
  private var heap: HeapKeeper
  /// Where an ended console may have left files of its `$EDITOR`.
  private let editedFolders: [EditedFile.Folder]

  /// Keys that are taken in before the screen is painted again, so that a held key scrolls smoothly
  /// and an endless paste cannot stop the painting.
  private static let keysPerFrame = 64
  /// How long the end waits for drafts to be on disk, in turns of 50 ms.
  private static let lastTurns = 40

  /// Opens the terminal and both databases; no network, no question.
  init(
    session: AccountSession, keys: KeyTable, environment: [String: String], isColored: Bool
  ) throws {
    self.session = session
    heap = HeapKeeper()
    editedFolders = EditedFile.Folder.all(session.files.journalFolder, environment: environment)
    attention = Attention(
      account: session.account.name, ringsBell: session.preferences.ringsBell)
    var options = TerminalHost.Options(environment: environment)
    options.theme = Self.theme(session.preferences.theme)
    options.isColored = isColored
    options.usesASCIILines = Self.usesASCIILines(session.preferences.lineDrawing)
    options.usesMouse = session.preferences.usesMouse
    options.showsCursor = session.preferences.showsCursor
    options.reportsFocus = session.preferences.ringsBell
    let reader = try session.cacheFile.reader()
    let journal = try JournalReader(
      folder: session.files.journalFolder, account: session.account.name)
    let host = try TerminalHost(options: options)
    self.host = host
    let waker = host.waker
    let queue = ActionQueue { waker.wake() }
    self.queue = queue
    let link = DeskLink(session: session) { queue.notify($0) }
    self.link = link
    observation = session.journal.observe {
      queue.notify(.outboxChanged)
      link.showOwnChanges()
    }
    let failures = CacheFailures { queue.notify($0) }
    let services = Services(
      queue: .from(
        reader, cache: session.cache, preferences: session.preferences, failures: failures),
      directory: .from(reader, account: session.account, failures: failures),
      outbox: .from(journal, names: reader, failures: failures),
      audit: .from(journal, session: session, failures: failures),
      journal: .to(
        session.journal, flush: { link.wakeDispatcher() }, forecast: { link.forecast($0) }),
      sync: .over(link, reader: reader, failures: failures),
      shell: .on(
        host, folder: session.files.journalFolder, environment: environment,
        editor: session.preferences.editor),
      files: .over(link, session: session, environment: environment))
    runtime = ConsoleRuntime(
      state: ConsoleState(
        size: host.size, now: Self.now(), time: .machine,
        settings: ConsoleSettings(session.preferences), keys: keys),
      services: services, queue: queue, clock: Self.now, steadyClock: Self.steadyNow)
  }

  /// Runs until the user leaves or the terminal is gone; throws when a signal ended it.
  func run() throws(EndedBySignal) {
    runtime.start()
    paint()
    if case .rebuilt(let damaged) = session.cacheOutcome {
      queue.notify(
        .message("The cache was damaged and is being filled anew; the old file is \(damaged)."))
    }
    recoverDrafts()
    link.start()
    while !runtime.isFinished, canPaint {
      turn()
    }
    link.stop()
    session.journal.stopObserving(observation)
    host.close()
    if let signal = SignalInbox.endingSignal { throw EndedBySignal(number: signal) }
  }

  /// Brings back what was being written when the program ended, and says what waits.
  private func recoverDrafts() {
    let (folders, journal, queue) = (editedFolders, session.journal, queue)
    Task {
      let found = await DraftRecovery.recover(in: folders, from: journal)
      queue.notify(.recovered(found.tickets, found.sentences))
    }
  }

  /// One turn: wait, take in what has happened, paint once.
  private func turn() {
    host.isWriting = runtime.state.place.takesText
    handle(host.nextEvent(timeout: timeUntilTick()))
    var taken = 1
    while taken < Self.keysPerFrame, !runtime.isFinished, canPaint, host.hasEvent() {
      handle(host.nextEvent(timeout: .zero))
      taken += 1
    }
    runtime.drain()
    if runtime.needsFrame || restDue.map({ $0 <= .now }) == true { paint() }
    if canPaint, !host.hasEvent() {
      runtime.lookAhead()
      heap.tidy()
    }
  }

  private func timeUntilTick() -> Duration? {
    let tick = runtime.nextTick.map {
      Duration.milliseconds(max(0, $0.milliseconds - Self.now().milliseconds))
    }
    let rest = restDue.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
    return [tick, rest].compactMap(\.self).min()
  }

  private func handle(_ event: TerminalHost.Event) {
    switch event {
    case .key(let key):
      pace.note(key, at: .now)
      runtime.send(.key(key))
    case .mouse(let event): runtime.send(.mouse(event))
    case .resized(let size): runtime.send(.resized(size))
    case .timeout: runtime.send(.tick)
    case .resumed: runtime.send(.resized(host.size))
    case .stalledPaste:
      runtime.send(
        .notice(.message("A paste has not ended; Esc, or Ctrl-c three times, ends it.")))
    case .answered(let question): runtime.send(.terminalAnswered(question))
    case .focus(let isFocused): attention.isFocused = isFocused
    case .wake: break
    case .terminate: end()
    case .hangup:
      canPaint = false
      end()
    }
  }

  /// The system wants the program to end: what was typed goes to disk first.
  private func end() {
    runtime.send(.notice(.endRequested))
    for _ in 0..<Self.lastTurns where !runtime.isFinished {
      if canPaint { _ = host.nextEvent(timeout: .milliseconds(50)) } else { usleep(50_000) }
      runtime.drain()
    }
    canPaint = false
  }

  private func paint() {
    guard canPaint else { return }
    host.present(unhurried(runtime.frame()))
    callAttention()
    runtime.painted(asking: host.askForAnswer)
  }

  /// While a key is held on a slow link only the list and the status line are painted; the panes that
  /// follow the cursor come when it rests.
  private func unhurried(_ frame: Frame) -> Frame {
    var frame = frame
    restDue = nil
    if pace.isHeld(at: .now), let roundTrip = host.roundTrip, roundTrip >= KeyPace.slow, let shown,
      shown.size == frame.size
    {
      let panes = runtime.state.panesThatFollow
      for pane in panes { frame.copy(pane, from: shown) }
      if !panes.isEmpty { restDue = .now.advanced(by: KeyPace.rest) }
    }
    shown = frame
    return frame
  }

  /// The window's title, and the bell where it is wanted.
  private func callAttention() {
    guard !runtime.state.counts.views.isEmpty else { return }
    let calls = attention.calls(newWords: runtime.state.counts.newWords)
    if let title = calls.title { host.setTitle(title) }
    if calls.rings { host.send("\u{07}") }
  }

  private static func now() -> Moment { moment(CLOCK_REALTIME) }

  /// Counts on while the machine sleeps, and is never set.
  private static func steadyNow() -> Moment { moment(CLOCK_BOOTTIME) }

  private static func moment(_ clock: clockid_t) -> Moment {
    var time = timespec()
    clock_gettime(clock, &time)
    return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  private static func usesASCIILines(_ preference: Preferences.LineDrawing) -> Bool? {
    switch preference {
    case .auto: nil
    case .ascii: true
    case .unicode: false
    }
  }

  private static func theme(_ preference: Preferences.Theme) -> Theme? {
    switch preference {
    case .auto: nil
    case .dark: .dark
    case .light: .light
    case .highContrast: .highContrast
    case .neutral: .neutral
    }
  }
}

extension LocalTime {
  /// The time zone of this machine, daylight saving included.
  static let machine = LocalTime(offset: LocalCalendar.machineOffset)
}

extension ConsoleSettings {
  /// What the screens need of the person's settings.
  fileprivate init(_ preferences: Preferences) {
    self.init(
      afterAction: AfterAction(rawValue: preferences.afterAction.rawValue) ?? .stay,
      holdSeconds: preferences.holdSeconds,
      quietMilliseconds: Int64(preferences.quietTimeMilliseconds),
      typedNumberAbove: preferences.bulkConfirmAbove, startView: preferences.startView,
      signature: preferences.signature,
      warnsOfMissingAttachment: preferences.warnsOfMissingAttachment,
      confirmsQuit: preferences.confirmsQuit, macros: preferences.macros,
      replies: preferences.replies)
  }
}
