import CMicrohttpd
import Dispatch
import Synchronization

/// Connections that wait without a thread. libmicrohttpd forbids stopping while one is suspended,
/// so each is known here and woken at the end.
final class Parking: Sendable {
  private struct State {
    var isClosed = false
    var nextTicket = 0
    /// Addresses of suspended connections by parking ticket.
    var parked: [Int: UInt] = [:]
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "http-server.parking")

  /// Suspends the connection and resumes it after so many seconds (nil: when the server stops);
  /// false once the server stops, and then nothing was suspended.
  func park(_ connection: OpaquePointer, seconds: Double?) -> Bool {
    let ticket: Int? = state.withLock { state in
      guard !state.isClosed else { return nil }
      state.nextTicket += 1
      state.parked[state.nextTicket] = UInt(bitPattern: connection)
      MHD_suspend_connection(connection)
      return state.nextTicket
    }
    guard let ticket else { return false }
    if let seconds {
      let bounded = min(max(seconds, 0), 86_400)
      queue.asyncAfter(deadline: .now() + bounded) { [weak self] in self?.wake(ticket) }
    }
    return true
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Resumes every connection and refuses to suspend any more.
  func close() {
    state.withLock { state in
      state.isClosed = true
      for address in state.parked.values { Self.resume(address) }
      state.parked = [:]
    }
  }

  private func wake(_ ticket: Int) {
    state.withLock { state in
      if let address = state.parked.removeValue(forKey: ticket) { Self.resume(address) }
    }
  }

  /// A suspended connection stays allocated until it is resumed, so the address is good.
  private static func resume(_ address: UInt) {
    if let connection = OpaquePointer(bitPattern: address) { MHD_resume_connection(connection) }
  }
}
