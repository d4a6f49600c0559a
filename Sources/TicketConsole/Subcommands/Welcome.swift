import ConsoleModel
import Glibc

/// The first start: no helpdesk is connected yet. Asks in plain lines, offers the demo, and stores
/// nothing before the key was checked.
enum Welcome {
  /// What the person chose.
  enum Choice: Equatable {
    case connect
    case demo
    case leave
  }

  /// Runs until an account is connected or the person leaves. Returns whether to open the console.
  static func run(_ context: CommandContext) throws -> Bool {
    context.output.note(
      """
      Ticket Console: no helpdesk is connected yet.

        1  connect to Freshdesk
        2  look around in the demo, which runs on this machine alone
        q  leave

      """)
    while true {
      guard let answer = ask("Your choice: ", context) else { return false }
      switch choice(answer) {
      case .connect?:
        if try connect(context) { return true }
      case .demo?:
        try DemoCommand.command.run(context)
        return false
      case .leave?: return false
      case nil: context.output.note("Type 1, 2 or q, and Enter.")
      }
    }
  }

  /// What a line means; nil for anything else.
  static func choice(_ line: String) -> Choice? {
    switch line.lowercased() {
    case "1", "c", "connect": .connect
    case "2", "d", "demo": .demo
    case "q", "quit", "exit": .leave
    default: nil
    }
  }

  /// One try. A refusal is said, and the person is asked again.
  private static func connect(_ context: CommandContext) throws -> Bool {
    context.output.note(
      "The API key is in Freshdesk under your picture, Profile settings, View API key.")
    guard let url = ask("Your helpdesk (acme or acme.freshdesk.com): ", context), !url.isEmpty
    else { return false }
    var invocation = context.invocation
    invocation.values["url"] = [url]
    invocation.values["api-key-stdin"] = [""]
    do {
      try ConnectCommand.command.run(context.with(invocation))
      return true
    } catch let failure as CommandFailure {
      context.output.note(failure.sentence)
      return false
    }
  }

  private static func ask(_ question: String, _ context: CommandContext) -> String? {
    context.output.errorText(question)
    return readLine(strippingNewline: true).map { String($0.drop { $0 == " " }) }
  }
}
