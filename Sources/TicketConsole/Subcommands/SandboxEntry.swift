/// How the sandbox stands in the table of commands; what it does is in `SandboxCommand`.
enum SandboxEntry {
  static let command = Command(
    "sandbox", summary: "Serve a local helpdesk that answers like the vendor",
    options: [
      CommandOption("listen", "ADDRESS:PORT", "Where to listen; default: 127.0.0.1, a free port"),
      CommandOption("data", "FILE", "Keep everything in FILE; default: in memory"),
      CommandOption("tickets", "N", "Generated tickets"),
      CommandOption("seed", "N", "The same seed makes the same helpdesk"),
      CommandOption(
        "load", "FILE", "Conversations in JSON Lines, - for standard input; repeatable"),
      CommandOption(
        "plan", "NAME", choices: ["trial", "growth", "pro", "enterprise", "unlimited"],
        "Request limits"),
      CommandOption("tls-cert", "FILE", "Serve HTTPS with this certificate (PEM)"),
      CommandOption("tls-key", "FILE", "The certificate's key (PEM)"),
      CommandOption("live", "Customers write now and then"),
      CommandOption("now", "TIME", "The moment that generated content lies before"),
      CommandOption("search-lag", "SECONDS", "Until search sees a change"),
    ],
    details: """
      When it is ready it prints one line of JSON with its address and the agents' keys. It ends on
      SIGTERM, SIGINT, or the end of standard input where that is a pipe. Under /_sandbox there are
      calls to order faults and to read what was received.
      """
  ) { context in
    let code = SandboxCommand.run(arguments: arguments(context.invocation))
    // It has said itself what is wrong.
    guard code == 0 else { throw CommandFailure(ExitCode(rawValue: code) ?? .failed, "") }
  }

  private static let switches: Set<String> = ["live"]

  /// The options once more as the sandbox reads them.
  private static func arguments(_ invocation: Invocation) -> [String] {
    let global = Set(CommandOption.global.map(\.name))
    return invocation.values.filter { !global.contains($0.key) }.sorted { $0.key < $1.key }
      .flatMap { name, values in
        switches.contains(name) ? ["--\(name)"] : values.flatMap { ["--\(name)", $0] }
      } + invocation.operands
  }
}
