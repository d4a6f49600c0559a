import ConsoleTestSupport
import Helpdesk
import Synchronization
import Terminal

@testable import ConsoleModel
@testable import ConsoleUI
@testable import TicketConsole

/// One console of a profile: its own connections to the databases on disk, its own state, no terminal.
final class RobotWindow {
  static let preferences = {
    var preferences = Preferences()
    preferences.hidesStandardViews = true
    preferences.views = [
      Preferences.ViewDefinition(name: "Open", query: "status:open"),
      Preferences.ViewDefinition(name: "Nobody", query: "agent:none"),
      Preferences.ViewDefinition(name: "Pressing", query: "priority:high,urgent"),
    ]
    return preferences
  }()

  let journal: Journal
  let cache: CacheStore
  let overlay: PendingOverlay
  let runtime: ConsoleRuntime
  private let queue: ActionQueue
  private let time: Time

  private final class Time {
    var now: Moment
    init(_ now: Moment) { self.now = now }
  }

  init(folder: String, account: Account, clock: ManualClock) throws {
    journal = try Journal(
      Journal.Options(
        folder: folder, account: account.name, person: account.agentName, holdSeconds: 0,
        clock: clock))
    let file = CacheFile(path: folder + "/cache.db") { clock.now }
    cache = try file.open().store
    overlay = PendingOverlay(journal: journal, cache: cache)
    let reader = try file.reader()
    let journalReader = try JournalReader(folder: folder, account: account.name, clock: clock)
    let queue = ActionQueue {}
    self.queue = queue
    let failures = CacheFailures { queue.notify($0) }
    let time = Time(Moment(clock.now))
    self.time = time
    let services = Services(
      queue: .from(reader, cache: cache, preferences: Self.preferences, failures: failures),
      directory: .from(reader, account: account, failures: failures),
      outbox: .from(journalReader, names: reader, failures: failures),
      audit: AuditReads(
        records: { _, _ in [] }, verify: { $0(.success(.good(count: 0))) }, path: ""),
      journal: .to(journal, flush: {}, forecast: { Forecast(seconds: $0) }),
      sync: SyncCalls(
        status: { DeskStatus(link: .offline(since: Timestamp(0))) }, log: { _ in [] },
        refreshTicket: { $1(.success(())) },
        readGroup: { _, answer in answer(.failure(CallFailure("no groups here"))) },
        syncNow: { $0(.success("")) }, stopWaiting: {}),
      shell: ShellCalls(
        edit: { text, _ in .saved(text) }, removeEdited: { _ in }, paths: { _ in [] },
        copy: { $0 }, open: { $0 }, file: { _ in nil },
        writeReport: { name, _ in .success(name) }, discardTypeahead: {}, suspend: {}, redraw: {},
        useTheme: { _ in }),
      files: FileCalls(
        save: { _, _, _, answer in answer(.failure(CallFailure("no files here"))) },
        text: { _, _, answer in answer(.failure(CallFailure("no files here"))) },
        proposal: { $0 ?? "" }))
    runtime = ConsoleRuntime(
      state: ConsoleState(
        size: Size(width: 120, height: 60), now: time.now,
        settings: ConsoleSettings(holdSeconds: 0)),
      services: services, queue: queue, clock: { time.now }, steadyClock: { time.now })
    _ = journal.observe { queue.notify(.outboxChanged) }
    runtime.start()
    paint()
  }

  var state: ConsoleState { runtime.state }

  /// What the program's link to the helpdesk does after a commit, here or in another process.
  func followJournal() async throws {
    _ = try await overlay.catchUp()
    queue.notify(.outboxChanged)
    queue.notify(.cacheChanged)
    await idle()
  }

  /// Waits for the answers of all calls, and takes them in.
  func idle() async {
    repeat {
      runtime.drain()
      await Task.yield()
    } while !runtime.isIdle
    paint()
  }

  private func paint() {
    _ = runtime.frame()
    runtime.painted(asking: { nil })
    if runtime.needsFrame { _ = runtime.frame() }
  }

  func press(_ keys: String) async {
    for word in keys.split(separator: " ") {
      guard let key = Key(notation: String(word)) else { continue }
      runtime.send(.key(key))
      paint()
      runtime.lookAhead()
      time.now = time.now.after(300)
    }
    await idle()
  }

  /// Says yes to whatever asks.
  func agree() async {
    for _ in 0..<2 where state.dialogs.last?.gate != nil { await press("y") }
  }
}

/// A transport whose cable can be pulled.
final class Cable: Sendable {
  private let isPulled = Mutex(false)
  func pull(_ isOut: Bool) { isPulled.withLock { $0 = isOut } }
  var isOut: Bool { isPulled.withLock { $0 } }
}
