import ConsoleModel

/// `stop`: the brake that halts all sending of an account, in every process.
enum StopCommand {
  static let command = Command(
    "stop", "on|off", summary: "Halt all sending of the account, or let it go on",
    details: """
      While the brake is on nothing is sent by any process; what is written waits in the outbox.
      The file "stop" in the account's folder does the same.
      """,
    operandWords: ["on", "off"]
  ) { context in
    let isOn: Bool
    switch context.invocation.operands {
    case ["on"]: isOn = true
    case ["off"]: isOn = false
    default: throw CommandFailure(.wrongUsage, "Say on or off.")
    }
    let account = try context.account()
    do {
      let session = try context.session(needsCache: false)
      try Waiting.wait { try await session.journal.setStopped(isOn) }
    } catch {
      // The file is what counts, and it needs no database.
      let failure = CommandFailure(for: error)
      let folder = try context.profile().files(of: account.name).journalFolder
      guard StopSwitch(folder: folder).set(isOn) else { throw failure }
      context.output.note("It could not be put on record. \(failure.sentence)")
    }
    context.output.lines(
      isOn
        ? "Nothing of \"\(account.name)\" is sent until: ticket-console stop off"
        : "Sending goes on.")
  }
}
