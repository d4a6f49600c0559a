import ConsoleModel
import ConsoleUI
import Helpdesk

/// The state of the connection, and what is said when it changes.
extension DeskLink {
  /// What an error says about the connection.
  func note(_ error: HelpdeskError) {
    switch error {
    case .offline, .connectionLost: setLink(.offline(since: clock.now))
    case .notSignedIn:
      setLink(.signedOut)
      say("\(session.account.name) does not accept the API key; reading goes on from the cache.")
    case .moved:
      fail(
        SyncFailure(
          part: "tickets", phase: .tickets, error: error, since: clock.now, latest: clock.now))
    case .rateLimited, .forbidden, .notFound, .notChangeable, .refused, .serverFailure,
      .unreadableAnswer, .answerTooLarge, .cancelled:
      break
    }
  }

  /// The helpdesk answers, and the tickets cannot be read. Said once, until that changes.
  func fail(_ failure: SyncFailure) {
    let isKnown = state.withLock { state in
      if case .failing(_, failure.reason) = state.link { true } else { false }
    }
    guard !isKnown else { return }
    setLink(.failing(since: failure.since, reason: failure.reason))
    say("The tickets cannot be read: \(failure.reason). \(failure.advice)")
  }

  func setLink(_ link: DeskStatus.Link) {
    let old = state.withLock { state -> DeskStatus.Link in
      let old = state.link
      if case .offline = old, case .offline = link { return old }
      if case .failing(_, let reason) = old, case .failing(_, reason) = link { return old }
      state.link = link
      return old
    }
    guard old != link else { return }
    switch link {
    // The helpdesk answers; what it says to a write is another matter.
    case .online, .failing: wakeDispatcher()
    case .connecting, .offline, .limited, .signedOut: break
    }
    notify(.statusChanged)
  }

  func say(_ sentence: String) {
    log.add(sentence, at: clock.now)
    notify(.message(sentence))
  }
}
