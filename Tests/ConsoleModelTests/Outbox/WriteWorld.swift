import ConsoleModel

/// One write, its helpdesk and two processes, small enough that every state it can ever be in is
/// visited.
struct WriteWorld: Hashable {
  struct Process: Hashable {
    var isAlive = true
    /// What is left to do of a move.
    var steps: [WriteStep] = []
    /// The move that those steps belong to.
    var target: WriteState?
    /// What the helpdesk answered, not yet stored.
    var answer: WriteEvent?
    /// The revision that was checked and has the limiter's permit, while it is not claimed yet.
    var permitted: Int?
  }

  // On disk
  var state = WriteState.proposed
  var revision = 1
  var confirmedRevision: Int?
  var isGivenUp = false
  var returns = 0
  var looksLeft = 0
  /// The stop switch is on.
  var isStopped = false
  /// It was claimed although the switch was on.
  var passedTheSwitch = false
  /// Intents in the audit less requests that have left.
  var spareIntents = 0

  // The processes; the lock goes with the one that holds it.
  var processes = [Process(), Process()]
  var holder: Int?
  var owner: Int?

  // The helpdesk
  var applied: [Int] = []
  /// Requests that will arrive later, by the revision they carry.
  var late: [Int] = []

  // What the person did, remembered from outside
  var personConfirmed: Set<Int> = []

  // How much more may happen
  var kills = 2
  var edits = 1
  var retries = 1
  var sends = 3
  var switchings = 1
}

/// Visits all states that a table can lead to, and holds the invariants against each.
struct WriteExplorer {
  var machine: WriteMachine
  /// A change of fields, which may be repeated after a read, or words, which may not.
  var isRepeatable: Bool

  struct Report {
    var states = 0
    var violations: Set<String> = []
    var reachedStates: Set<WriteState> = []
    var usedEvents: Set<WriteEvent> = []
  }

  /// - Parameter stop: ends as soon as this violation was found.
  func explore(until stop: String? = nil) -> Report {
    var report = Report()
    var seen: Set<WriteWorld> = [WriteWorld()]
    var frontier = [WriteWorld()]
    while let world = frontier.popLast() {
      report.states += 1
      report.reachedStates.insert(world.state)
      report.violations.formUnion(violations(in: world))
      if let stop, report.violations.contains(stop) { return report }
      for (event, next) in successors(of: world) {
        if let event { report.usedEvents.insert(event) }
        if world.state.isFinal && next.state != world.state {
          report.violations.insert("4: left \(world.state)")
        }
        if seen.insert(next).inserted { frontier.append(next) }
      }
    }
    return report
  }

  // The invariants of the table

  private func violations(in world: WriteWorld) -> [String] {
    var found: [String] = []
    let reaches = world.applied.count + world.late.count
    if !isRepeatable && reaches > 1 { found.append("1: applied more than once") }
    if world.applied.contains(where: { !world.personConfirmed.contains($0) }) {
      found.append("2: applied without a confirmation")
    }
    if world.passedTheSwitch { found.append("10: claimed while the stop switch was on") }
    if world.spareIntents < 0 { found.append("6: sent without an intent") }
    switch world.state {
    case .sent where world.applied.isEmpty: found.append("5: sent, but not applied")
    case .proposed, .confirmed, .queued, .conflicted, .failed, .rejected, .undone:
      if reaches > 0 && !isRepeatable { found.append("5: applied, but \(world.state)") }
    default: break
    }
    return found
  }

  // What can happen next

  private func successors(of world: WriteWorld) -> [(WriteEvent?, WriteWorld)] {
    var next: [(WriteEvent?, WriteWorld)] = []
    for event in [
      WriteEvent.confirmed, .discarded, .edited, .takenBack, .retried, .lookedAgain, .gaveUp,
      .sentAgain,
    ] {
      next += person(event, world).map { (event, $0) }
    }
    if world.switchings > 0 {
      var switched = world
      switched.switchings -= 1
      switched.isStopped = true
      next.append((nil, switched))
    }
    for index in world.processes.indices {
      next += process(index, world)
      if world.kills > 0, world.processes[index].isAlive {
        var killed = world
        killed.kills -= 1
        // The next process of that number starts with nothing.
        killed.processes[index] = WriteWorld.Process()
        if world.holder == index { killed.holder = nil }
        if world.owner == index { killed.owner = nil }
        next.append((nil, killed))
      }
    }
    if let revision = world.late.first {
      var arrived = world
      arrived.late.removeFirst()
      arrived.applied.append(revision)
      next.append((nil, arrived))
    }
    return next
  }

  private func person(_ event: WriteEvent, _ world: WriteWorld) -> [WriteWorld] {
    if event == .edited && world.edits == 0 { return [] }
    if (event == .retried || event == .lookedAgain) && world.retries == 0 { return [] }
    guard
      case .move(let state, let steps) = machine.answer(
        from: world.state, to: event, facts: [.digestMatches])
    else { return [] }
    var after = world
    after.state = state
    switch event {
    case .confirmed: after.personConfirmed.insert(world.revision)
    case .edited:
      after.edits -= 1
      after.revision += 1
    case .retried, .lookedAgain: after.retries -= 1
    default: break
    }
    for step in steps { store(step, &after) }
    return [after]
  }

  /// A step that only touches the disk.
  private func store(_ step: WriteStep, _ world: inout WriteWorld) {
    switch step {
    case .storeConfirmation: world.confirmedRevision = world.revision
    case .voidConfirmation: world.confirmedRevision = nil
    case .scheduleLooks:
      world.looksLeft = 1
      world.isGivenUp = false
    case .markNotFound: world.looksLeft = 0
    case .markGivenUp:
      world.isGivenUp = true
      world.looksLeft = 0
    case .logIntent: world.spareIntents = min(1, world.spareIntents + 1)
    default: break
    }
  }

  private func process(_ index: Int, _ world: WriteWorld) -> [(WriteEvent?, WriteWorld)] {
    let process = world.processes[index]
    if !process.steps.isEmpty { return goOn(index, world).map { (nil, $0) } }
    guard world.holder == index else {
      guard world.holder == nil else { return [] }
      var taken = world
      taken.holder = index
      return [(nil, taken)]
    }
    if let answer = process.answer { return begin(answer, index, world) }
    var next: [(WriteEvent?, WriteWorld)] = []
    if world.state == .queued, process.permitted == nil {
      // From here on anything may happen before the claim.
      var permitted = world
      permitted.processes[index].permitted = world.revision
      next.append((nil, permitted))
    }
    for event in [
      WriteEvent.holdEnded, .foundStale, .claimed, .waitBegan, .ownerGone, .foundApplied,
      .notFound, .foundMissing,
    ] where isPossible(event, index, world) {
      next += begin(event, index, world)
    }
    return next
  }

  /// What the sender knows when it looks.
  private func isPossible(_ event: WriteEvent, _ index: Int, _ world: WriteWorld) -> Bool {
    switch event {
    case .ownerGone: world.owner == nil
    case .foundApplied: !world.applied.isEmpty && !world.isGivenUp
    case .notFound, .foundMissing:
      world.applied.isEmpty && world.looksLeft > 0 && !world.isGivenUp
    case .claimed: world.sends > 0 && world.processes[index].permitted != nil
    default: true
    }
  }

  private func begin(
    _ event: WriteEvent, _ index: Int, _ world: WriteWorld
  ) -> [(WriteEvent?, WriteWorld)] {
    var facts: Set<WriteFact> = [.holdIsOver, .isSender, .isRightAccount, .isItsTurn]
    if !world.isStopped { facts.insert(.mayWrite) }
    let isPermitted = event != .claimed || world.processes[index].permitted == world.revision
    if world.confirmedRevision == world.revision, isPermitted { facts.insert(.digestMatches) }
    if world.returns < 1 { facts.insert(.mayReturn) }
    if isRepeatable { facts.insert(.isRepeatable) }
    guard
      case .move(let state, let steps) = machine.answer(
        from: world.state, to: event, facts: facts)
    else {
      // What could not be claimed gives its permit back.
      guard world.processes[index].permitted != nil, event == .claimed else { return [] }
      var without = world
      without.processes[index].permitted = nil
      return [(nil, without)]
    }
    var begun = world
    begun.processes[index].answer = nil
    if event == .claimed {
      begun.processes[index].permitted = nil
      begun.passedTheSwitch = world.isStopped
    }
    begun.processes[index].target = state
    begun.processes[index].steps = steps
    if event == .waitBegan || event == .foundMissing { begun.returns += 1 }
    return goOn(index, begun).map { (event, $0) }
  }

  /// Does the next step of a move; a kill may come before each.
  private func goOn(_ index: Int, _ world: WriteWorld) -> [WriteWorld] {
    var after = world
    let step = after.processes[index].steps.removeFirst()
    switch step {
    case .record:
      after.state = world.processes[index].target ?? world.state
      if after.state == .sending { after.owner = index }
      // What a transaction stores, it stores together.
      while let next = after.processes[index].steps.first, next != .logIntent, next != .send {
        store(after.processes[index].steps.removeFirst(), &after)
      }
      return [after]
    case .send:
      after.sends -= 1
      after.spareIntents -= 1
      return answers(index, after)
    default:
      store(step, &after)
      return [after]
    }
  }

  /// All that a helpdesk and a network can do to a request.
  private func answers(_ index: Int, _ world: WriteWorld) -> [WriteWorld] {
    func answered(_ event: WriteEvent, _ change: (inout WriteWorld) -> Void = { _ in })
      -> WriteWorld
    {
      var after = world
      after.processes[index].answer = event
      change(&after)
      return after
    }
    let revision = world.revision
    return [
      answered(.accepted) { $0.applied.append(revision) },
      answered(.lostTrack) { $0.applied.append(revision) },
      answered(.lostTrack) { $0.late.append(revision) },
      answered(.lostTrack), answered(.refused), answered(.postponed),
    ]
  }
}
