import Helpdesk

/// Decides what a sender does next. Pure: the open items, the time, and what is under way go in.
struct DispatchPlan: Equatable, Sendable {
  /// How many tickets are worked on at once.
  struct Width: Equatable, Sendable {
    /// Single writes: a person waits for them.
    var interactive = 2
    /// Writes of bulk actions.
    var bulk = 4
  }

  enum Work: Equatable, Sendable {
    case send(QueuedWrite)
    case look(QueuedWrite)

    var write: QueuedWrite {
      switch self {
      case .send(let write), .look(let write): write
      }
    }

    var lane: RequestLane { write.batch == nil ? .interactive : .bulk }
  }

  /// Seconds by which two looks at the clock may disagree.
  private static let clockDoubt: Int64 = 5

  /// To be begun now.
  var work: [Work] = []
  /// When something waits for nothing but the clock; nil when nothing does.
  var wake: Timestamp?

  /// - Parameters:
  ///   - open: the open items of the account, oldest first.
  ///   - running: tickets that are being worked on, with their lane.
  ///   - sends: false while the stop switch is on or nobody may write; looks go on.
  ///   - sleepsUntil: the line is down or the helpdesk fails until then.
  init(
    open: [QueuedWrite], running: [TicketID: RequestLane], now: Timestamp, sends: Bool,
    sleepsUntil: Timestamp? = nil, width: Width = Width()
  ) {
    var free: [RequestLane: Int] = [
      .interactive: width.interactive - running.values.count { $0 == .interactive },
      .bulk: width.bulk - running.values.count { $0 == .bulk },
    ]
    var blocked = Set(running.keys)
    if let sleepsUntil, sleepsUntil > now { wake = sleepsUntil }
    for write in open where !write.isGivenUp {
      switch write.state {
      case .proposed, .conflicted, .failed, .sent, .rejected, .undone: continue
      case .confirmed:
        // A status that waits for its reply holds nobody up.
        if write.follows == nil { blocked.insert(write.ticketID) }
        if let end = write.holdUntil { wait(until: end, now) }
      case .sending: blocked.insert(write.ticketID)
      case .queued, .unknown:
        if write.state == .unknown && write.looksLeft == 0 { continue }
        let isFree = blocked.insert(write.ticketID).inserted
        // A wait that was noted in the future comes from a clock that has been set back since.
        let isFromTheFuture = write.updatedAt > now + Self.clockDoubt
        if let moment = write.notBefore, moment > now, !isFromTheFuture {
          wait(until: moment, now)
          continue
        }
        guard isFree, write.state == .unknown || sends, (sleepsUntil ?? now) <= now else {
          continue
        }
        let item = write.state == .unknown ? Work.look(write) : .send(write)
        if free[item.lane, default: 0] > 0 {
          free[item.lane, default: 0] -= 1
          work.append(item)
        }
      }
    }
  }

  private mutating func wait(until moment: Timestamp, _ now: Timestamp) {
    guard moment > now else { return }
    wake = wake.map { min($0, moment) } ?? moment
  }
}
