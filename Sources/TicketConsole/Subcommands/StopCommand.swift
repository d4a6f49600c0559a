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
    let session = try context.session()
    try context.attempt { try Waiting.wait { try await session.journal.setStopped(isOn) } }
    context.output.lines(
      isOn
        ? "Nothing of \"\(session.account.name)\" is sent until: ticket-console stop off"
        : "Sending goes on.")
  }
}
