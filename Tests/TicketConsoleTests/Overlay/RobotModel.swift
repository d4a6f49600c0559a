import ConsoleModel
import Helpdesk

/// What the screens have to show, kept without any part of the program: the helpdesk, the cache's last
/// copy of it, and the own changes on their way.
struct RobotModel {
  /// The values of a ticket that the robot changes.
  struct Values: Equatable {
    var priority: Int
    var status: Int
    /// 0 for nobody.
    var agent: Int64

    subscript(_ field: Field) -> Int64 {
      get {
        switch field {
        case .priority: Int64(priority)
        case .status: Int64(status)
        case .agent: agent
        }
      }
      set {
        switch field {
        case .priority: priority = Int(newValue)
        case .status: status = Int(newValue)
        case .agent: agent = newValue
        }
      }
    }
  }

  enum Field: CaseIterable { case priority, status, agent }

  /// One own change of one field of one ticket.
  struct Write {
    enum State { case waiting, sent, refused, stopped, unclear, undone }
    var ticket: Int64
    var field: Field
    var before: Int64
    var wanted: Int64
    var state = State.waiting
    var isTurnedBack = false
    /// The open changes of the field that lay over the ticket as this one was made, oldest first.
    var over: [Int] = []
  }

  /// A change as it was asked for, to be done again.
  struct Request: Equatable {
    var field: Field
    var wanted: Int64
    var tickets: [Int64]
  }

  /// What one window can undo and redo.
  struct Window {
    var steps: [(writes: [Int], request: Request)] = []
    var redos: [Request] = []
  }

  enum Fault { case refusal, silence }

  var helpdesk: [Int64: Values] = [:]
  var cached: [Int64: Values] = [:]
  var writes: [Write] = []
  var windows = [Window(), Window()]
  var faults: [Int64: Fault] = [:]
  var isOnline = true
  /// Changes that the helpdesk has accepted.
  var accepted: Int { writes.count { $0.state == .sent } }

  func isOpen(_ write: Write) -> Bool { write.state == .waiting || write.state == .unclear }

  func shown(_ ticket: Int64) -> Values {
    var values = cached[ticket] ?? Values(priority: 0, status: 0, agent: 0)
    for write in writes where write.ticket == ticket && isOpen(write) {
      values[write.field] = write.wanted
    }
    return values
  }

  func pending(_ ticket: Int64) -> PendingFields {
    var fields: PendingFields = []
    for write in writes where write.ticket == ticket && isOpen(write) {
      switch write.field {
      case .priority: fields.insert(.priority)
      case .status: fields.insert(.status)
      case .agent: fields.insert(.agent)
      }
    }
    return fields
  }

  // Doing

  /// What was submitted in a window: one step, unless everything is so already.
  mutating func submit(_ request: Request, in window: Int, isRedo: Bool) {
    var step: [Int] = []
    for ticket in request.tickets {
      let before = shown(ticket)[request.field]
      guard before != request.wanted else { continue }
      step.append(writes.count)
      add(Write(ticket: ticket, field: request.field, before: before, wanted: request.wanted))
    }
    guard !step.isEmpty else { return }
    windows[window].steps.append((step, request))
    if !isRedo { windows[window].redos = [] }
  }

  mutating func undo(in window: Int) {
    guard let step = windows[window].steps.popLast() else { return }
    var hasDone = false
    for index in step.writes {
      switch writes[index].state {
      case .waiting, .refused, .stopped:
        writes[index].state = .undone
        hasDone = true
      case .sent, .unclear:
        guard !writes[index].isTurnedBack else { continue }
        writes[index].isTurnedBack = true
        let write = writes[index]
        add(
          Write(
            ticket: write.ticket, field: write.field, before: write.wanted, wanted: base(index)))
        hasDone = true
      case .undone: break
      }
    }
    if hasDone { windows[window].redos.append(step.request) }
  }

  /// Notes a change with those that it was made over.
  private mutating func add(_ write: Write) {
    var write = write
    write.over = writes.indices.filter {
      let own = writes[$0]
      return own.ticket == write.ticket && own.field == write.field && isOpen(own)
    }
    writes.append(write)
  }

  /// The value that a change was made over, seen through own ones that were on screen then and were
  /// not applied.
  private func base(_ index: Int) -> Int64 {
    let write = writes[index]
    let below = write.over.last {
      writes[$0].state != .sent && writes[$0].wanted == write.before
    }
    return below.map(base) ?? write.before
  }

  // What the helpdesk does

  /// Sends what can be sent now: per ticket in order, nothing past an unclear one.
  mutating func deliver() {
    guard isOnline else { return }
    var blocked = Set<Int64>()
    for index in writes.indices where !blocked.contains(writes[index].ticket) {
      switch writes[index].state {
      case .unclear: blocked.insert(writes[index].ticket)
      case .waiting:
        send(index)
        if writes[index].state == .unclear { blocked.insert(writes[index].ticket) }
      default: break
      }
    }
  }

  /// The looks at the helpdesk are over: what it shows was applied, the rest is sent again.
  mutating func lookUp() {
    guard isOnline else { return }
    for index in writes.indices where writes[index].state == .unclear {
      if helpdesk[writes[index].ticket]?[writes[index].field] == writes[index].wanted {
        writes[index].state = .sent
        cached[writes[index].ticket] = helpdesk[writes[index].ticket]
      } else {
        send(index)
      }
    }
  }

  private mutating func send(_ index: Int) {
    let write = writes[index]
    guard var now = helpdesk[write.ticket] else { return }
    guard [write.before, base(index), write.wanted].contains(now[write.field]) else {
      writes[index].state = .stopped
      return
    }
    switch faults.removeValue(forKey: write.ticket) {
    case .refusal: writes[index].state = .refused
    case .silence: writes[index].state = .unclear
    case nil:
      now[write.field] = write.wanted
      helpdesk[write.ticket] = now
      cached[write.ticket] = now
      writes[index].state = .sent
    }
  }
}
