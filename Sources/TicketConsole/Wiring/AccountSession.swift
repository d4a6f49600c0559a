import ConsoleModel
import Freshdesk
import HTTPClient
import Helpdesk

/// One account, opened: its cache and its journal, and the way to its helpdesk when there is one.
///
/// Opening touches the disk only. The key is asked for, and the network used, by `connect`.
final class AccountSession: Sendable {
  let profile: Profile
  let account: Account
  let preferences: Preferences
  let files: AccountFiles
  let cacheFile: CacheFile
  let cache: CacheStore
  /// What opening the cache found; worth a word to the person when it was rebuilt.
  let cacheOutcome: CacheFile.Outcome
  let journal: Journal
  /// Lays the journal's open writes over the cache.
  let overlay: PendingOverlay
  private let commands: KeyCommand

  /// Opens both databases; with `needsCache` off a cache that cannot be opened is done without.
  /// Throws `ConfigurationError`, `SQLiteError` or `JournalError`.
  init(
    profile: Profile, account: Account, preferences: Preferences, commands: KeyCommand,
    needsCache: Bool = true
  ) throws {
    self.profile = profile
    self.account = account
    self.preferences = preferences
    self.commands = commands
    files = profile.files(of: account.name)
    try files.makeFolders()
    let clock = SystemClock()
    cacheFile = CacheFile(path: files.cache, calendar: .machine) { clock.now }
    do {
      (cache, cacheOutcome) = try cacheFile.open()
    } catch {
      // The cache may be deleted at any time, so it holds up nothing that can do without.
      guard !needsCache else { throw error }
      (cache, cacheOutcome) = (try cacheFile.standIn(), .bypassed)
    }
    journal = try Journal(
      Journal.Options(
        folder: files.journalFolder, account: account.name, person: account.agentName,
        holdSeconds: Int64(preferences.holdSeconds),
        mailsCustomerOnClose: FreshdeskService.capabilities.mailsCustomerOnClose, clock: clock,
        vocabulary: NameBook(cache: cacheFile, clock: clock).vocabulary,
        cacheIsCompleteUntil: { [cache] in await cache.ticketsAreCompleteUntil() }))
    overlay = PendingOverlay(journal: journal, cache: cache)
  }

  /// The cache as a person should see it now, with the own changes that are still on their way. For
  /// commands; the console keeps up by itself.
  func currentReader() throws -> CacheReader {
    let overlay = overlay
    _ = try? Waiting.wait { try await overlay.catchUp() }
    return try cacheFile.reader()
  }

  /// Proxy and certificates as they are set.
  var curlOptions: CurlOptions { CurlOptions(preferences, environment: commands.environment) }

  /// The way to the helpdesk. Reads or asks for the key, so it may block while a command runs.
  ///
  /// The limiter is the caller's: one for all connections of an account in this process.
  func connect(limiter: any RequestLimiting) throws -> FreshdeskService {
    let secret = try Credentials(profile: profile, commands: commands).secret(of: account)
    return try HelpdeskPlug(transport: CurlTransport(options: curlOptions)).service(
      vendor: account.vendor, url: account.url, secret: secret, limiter: limiter)
  }
}
