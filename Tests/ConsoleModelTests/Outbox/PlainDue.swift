import Helpdesk

@testable import ConsoleModel

/// What a sender does next, in plain Swift over all open items: what `DueWrites` has to find.
struct PlainDue {
  var work: [(id: Int64, isLook: Bool)] = []
  var wake: Timestamp?

  /// - Parameter open: the open items of the account in any order, given up ones included.
  init(_ open: [QueuedWrite], _ situation: DueWrites.Situation) {
    let now = situation.now
    var free: [RequestLane: Int] = [
      .interactive: situation.width.interactive
        - situation.running.values.count { $0 == .interactive },
      .bulk: situation.width.bulk - situation.running.values.count { $0 == .bulk },
    ]
    func wait(until moment: Timestamp?) {
      if let moment, moment > now { wake = wake.map { min($0, moment) } ?? moment }
    }
    func isDue(_ write: QueuedWrite) -> Bool {
      guard let moment = write.notBefore, moment > now else { return true }
      return write.updatedAt > now + 5
    }
    func isLookedFor(_ write: QueuedWrite) -> Bool {
      write.state == .unknown && write.looksLeft > 0 && !write.isGivenUp
    }
    let sorted = open.sorted { $0.id < $1.id }
    for write in sorted {
      if write.state == .confirmed { wait(until: write.holdUntil) }
      if write.state == .queued || isLookedFor(write), write.updatedAt <= now + 5 {
        wait(until: write.notBefore)
      }
    }
    if let sleep = situation.sleepsUntil, sleep > now {
      wait(until: sleep)
      return
    }
    for write in sorted where isLookedFor(write) && isDue(write) {
      let others = sorted.filter { $0.ticketID == write.ticketID && $0.id != write.id }
      guard situation.running[write.ticketID] == nil,
        !others.contains(where: { $0.state == .sending || (isLookedFor($0) && $0.id < write.id) })
      else { continue }
      take(write, isLook: true)
    }
    for write in sorted where write.state == .queued && isDue(write) && situation.sends {
      let lane: RequestLane = write.batch == nil ? .interactive : .bulk
      let others = sorted.filter { $0.ticketID == write.ticketID && $0.id != write.id }
      guard situation.running[write.ticketID] == nil,
        !situation.closed.contains(.init(kind: write.payload.writeKind, lane: lane)),
        !others.contains(where: { other in
          other.state == .sending || isLookedFor(other)
            || (other.id < write.id
              && (other.state == .queued || (other.state == .confirmed && other.follows == nil)))
        })
      else { continue }
      take(write, isLook: false)
    }
    work.sort { $0.id < $1.id }

    func take(_ write: QueuedWrite, isLook: Bool) {
      let lane: RequestLane = write.batch == nil ? .interactive : .bulk
      guard free[lane, default: 0] > 0 else { return }
      free[lane, default: 0] -= 1
      work.append((write.id.rawValue, isLook))
    }
  }
}
