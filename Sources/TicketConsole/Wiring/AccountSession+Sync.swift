import ConsoleModel
import Freshdesk
import Helpdesk

extension AccountSession {
  /// The engine that fills this account's cache. Asks for the key.
  func syncEngine(limiter: any RequestLimiting) throws -> SyncEngine {
    SyncEngine(
      store: cache, helpdesk: try connect(limiter: limiter),
      capabilities: FreshdeskService.capabilities, lockPath: files.syncLock, clock: SystemClock())
  }
}
