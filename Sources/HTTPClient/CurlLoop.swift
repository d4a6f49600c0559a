import CCurl
import Glibc
import Synchronization

/// The thread that owns libcurl's multi handle: takes jobs, moves bytes, hands results back.
///
/// Other threads only touch the mutex and `curl_multi_wakeup`, which libcurl allows from anywhere.
final class CurlLoop: Sendable {
  private let options: CurlOptions
  private let inbox = Mutex(Inbox())

  /// What other threads leave for the loop.
  private struct Inbox {
    /// The multi handle's address while it may be woken, else 0.
    var multi: UInt = 0
    var hasThread = false
    var isStopping = false
    var jobs: [CurlJob] = []
    /// Cancelled, and not yet seen by the loop or not yet submitted.
    var cancelled: Set<UInt64> = []

    func wake() {
      if let multi = UnsafeMutableRawPointer(bitPattern: multi) { curl_multi_wakeup(multi) }
    }
  }

  init(options: CurlOptions) { self.options = options }

  /// Hands a job to the thread and starts the thread if this is the first.
  func submit(_ job: CurlJob) {
    let isRefused = inbox.withLock { inbox in
      if inbox.isStopping || inbox.cancelled.contains(job.id) { return true }
      inbox.jobs.append(job)
      if inbox.hasThread { inbox.wake() } else { inbox.hasThread = startThread() }
      if inbox.hasThread { return false }
      inbox.jobs.removeAll { $0.id == job.id }
      return true
    }
    if isRefused {
      job.continuation.resume(
        returning: .failure(TransportError(.cancelled, mayHaveBeenSent: false)))
    }
  }

  /// Ends a job wherever it is: not yet submitted, waiting, or on the wire.
  func cancel(_ id: UInt64) {
    inbox.withLock { inbox in
      inbox.cancelled.insert(id)
      inbox.wake()
    }
  }

  /// Drops what a late `cancel` may have left behind; called when the job has its result.
  func forget(_ id: UInt64) {
    inbox.withLock { inbox in _ = inbox.cancelled.remove(id) }
  }

  /// Ends the thread; jobs still on their way end as cancelled.
  func stop() {
    inbox.withLock { inbox in
      inbox.isStopping = true
      inbox.wake()
    }
  }

  private func startThread() -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let retained = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, &attributes, { CurlLoop.threadMain($0) }, retained.toOpaque())
    if code != 0 { retained.release() }
    return code == 0
  }

  private static func threadMain(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    // Signals belong to the main thread. SIGPIPE in particular: with NOSIGNAL libcurl leaves it
    // alone, and OpenSSL writes to sockets in a way that raises it.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, nil)
    cc_name_thread("http")
    Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }

  /// libcurl wants one global start a process, and it is too slow for the program's first frame.
  private static let isLibraryReady = cc_global_init() == CURLE_OK

  private func run() {
    guard Self.isLibraryReady, let multi = curl_multi_init() else { return refuseAll() }
    cc_multi_set_long(
      multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.connectionsPerHost)
    inbox.withLock { $0.multi = UInt(bitPattern: multi) }
    var active: [UInt64: CurlTransfer] = [:]
    var idByHandle: [UnsafeMutableRawPointer: UInt64] = [:]

    while let work = takeWork() {
      for id in work.cancelled {
        guard let transfer = active.removeValue(forKey: id) else { continue }
        idByHandle[transfer.easy] = nil
        curl_multi_remove_handle(multi, transfer.easy)
        transfer.cancel()
      }
      for job in work.jobs {
        if work.cancelled.contains(job.id) {
          job.continuation.resume(
            returning: .failure(TransportError(.cancelled, mayHaveBeenSent: false)))
        } else if let transfer = CurlTransfer(job: job, options: options) {
          active[job.id] = transfer
          idByHandle[transfer.easy] = job.id
          curl_multi_add_handle(multi, transfer.easy)
        }
      }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      var easy: UnsafeMutableRawPointer?
      var code = CURLE_OK
      while cc_multi_take_finished(multi, &easy, &code) != 0 {
        guard let handle = easy, let id = idByHandle.removeValue(forKey: handle),
          let transfer = active.removeValue(forKey: id)
        else { continue }
        curl_multi_remove_handle(multi, handle)
        transfer.finish(code)
      }
      // Sleeps until a socket, one of libcurl's own timers or a wake-up; the limit is never due.
      curl_multi_poll(multi, nil, 0, 3_600_000, nil)
    }

    for transfer in active.values {
      curl_multi_remove_handle(multi, transfer.easy)
      transfer.cancel()
    }
    inbox.withLock { $0.multi = 0 }
    curl_multi_cleanup(multi)
    refuseAll()
  }

  /// Everything new in the inbox, or nil when the loop is to end.
  private func takeWork() -> (jobs: [CurlJob], cancelled: Set<UInt64>)? {
    inbox.withLock { inbox in
      if inbox.isStopping { return nil }
      let work = (inbox.jobs, inbox.cancelled)
      inbox.jobs = []
      return work
    }
  }

  private func refuseAll() {
    let jobs = inbox.withLock { inbox in
      inbox.isStopping = true
      defer { inbox.jobs = [] }
      return inbox.jobs
    }
    for job in jobs {
      job.continuation.resume(
        returning: .failure(
          TransportError(.cancelled, mayHaveBeenSent: false, detail: "the network part ended")))
    }
  }
}
