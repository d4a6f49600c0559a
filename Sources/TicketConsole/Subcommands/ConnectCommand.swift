import ConsoleModel
import Glibc
import HTTPClient
import Helpdesk

/// `connect`: checks a key at the helpdesk and stores the account.
enum ConnectCommand {
  static let command = Command(
    "connect", summary: "Check an API key and store the account",
    options: [
      CommandOption("url", "URL", "The helpdesk: a subdomain, a host name or an address"),
      CommandOption(
        "api-key-command", "CMD", "Run CMD with /bin/sh each time the key is needed"),
      CommandOption(
        "api-key-stdin", "Read the key from standard input and keep it in a private file"),
      CommandOption("name", "NAME", "What to call the account; default: its subdomain"),
    ],
    details: """
      The key is checked at the helpdesk before anything is stored. A key never stands on a
      command line, where other users of the machine could read it. A command that prints the key,
      such as "pass show helpdesk", keeps it out of the profile altogether.

      Connecting an account of the same name again replaces its key; its cached tickets and its
      outbox stay.
      """
  ) { context in
    let request = try request(context)
    let options = CurlOptions(try context.preferences(), environment: context.environment)
    let plug = HelpdeskPlug(transport: CurlTransport(options: options))
    let address = try plug.address(request.url)
    let name = context.invocation.value("name") ?? Account.suggestedName(forURL: address.baseURL)
    let profile = try context.profile()
    let registry = AccountRegistry(profile: profile)
    let known = try context.configured { () throws(ConfigurationError) in
      guard Account.isValid(name: name) else { throw .badAccountName(name) }
      return try registry.load().first { $0.name == name }
    }
    if let known, known.url != address.baseURL {
      throw CommandFailure(
        .wrongUsage,
        "The account \"\(name)\" is at \(known.url) already. Nothing was changed; choose another "
          + "name with --name.")
    }
    let secret = try secret(request.source, context)
    let agent = try check(address.baseURL, secret, plug)
    if let known, known.agentID != agent.id.rawValue {
      context.output.note(
        "The account spoke for \(known.agentName) so far; what waits in its outbox will now be "
          + "sent as \(agent.name).")
    }
    var account = Account(
      name: name, url: address.baseURL, agentID: agent.id.rawValue, agentName: agent.name,
      isReadOnly: context.invocation.has("read-only"), keySource: .file)
    let credentials = try context.credentials()
    try context.configured { () throws(ConfigurationError) in
      try profile.makeFolders()
      try profile.files(of: name).makeFolders()
      switch request.source {
      case .command(let command):
        account.keySource = .command(command)
        try credentials.forget(name)
      case .standardInput: _ = try credentials.store(secret, for: name)
      }
      try registry.save(account)
    }
    context.output.lines(
      "Connected to \(account.url) as \(agent.name). The account is \"\(name)\".")
    switch account.keySource {
    case .command: context.output.lines("The key is asked for with your command when it is needed.")
    default:
      context.output.lines(
        "The key is kept in \(profile.files(of: name).keyFile), which only you can read.")
    }
  }

  /// Where the key comes from.
  enum KeyRequest: Equatable {
    case command(String)
    case standardInput
  }

  private static func request(_ context: CommandContext) throws -> (
    url: String, source: KeyRequest
  ) {
    guard let url = context.invocation.value("url") else {
      throw CommandFailure(.wrongUsage, "Say which helpdesk with --url SUBDOMAIN.")
    }
    let command = context.invocation.value("api-key-command")
    switch (command, context.invocation.has("api-key-stdin")) {
    case (let command?, false): return (url, .command(command))
    case (nil, true): return (url, .standardInput)
    default:
      throw CommandFailure(
        .wrongUsage,
        "Say where the key comes from: either --api-key-command CMD or --api-key-stdin.")
    }
  }

  private static func secret(_ source: KeyRequest, _ context: CommandContext) throws
    -> AccountSecret
  {
    switch source {
    case .command(let command):
      return try context.configured { () throws(ConfigurationError) in
        try KeyCommand(environment: context.environment).run(command)
      }
    case .standardInput:
      let text =
        isatty(STDIN_FILENO) == 1
        ? HiddenInput.ask("API key (not shown): ", context.output)
        : try context.standardInput(limit: 65_536)
      guard let secret = AccountSecret(text) else {
        throw CommandFailure(
          .wrongUsage,
          "Standard input gave no API key: it has to be one line without blanks. Nothing was stored."
        )
      }
      return secret
    }
  }

  /// The agent whose key it is.
  static func check(_ url: String, _ secret: AccountSecret, _ plug: HelpdeskPlug) throws -> Agent {
    let service = try plug.service(
      vendor: "freshdesk", url: url, secret: secret, limiter: UnlimitedRequests())
    do {
      return try Waiting.wait { try await service.me(lane: .interactive) }
    } catch let error as HelpdeskError {
      throw refusal(error, url: url)
    }
  }

  /// The sentence of the contract for a wrong domain or key; others say what is wrong.
  static func refusal(_ error: HelpdeskError, url: String) -> CommandFailure {
    switch error {
    case .notSignedIn, .notFound:
      CommandFailure(
        .notSignedIn, "Invalid Freshdesk credentials. Check your domain and API key.")
    case .offline(let reason):
      CommandFailure(
        .offline,
        "\(url) cannot be reached (\(reason)). Nothing was stored; check the domain and the network."
      )
    default:
      CommandFailure(
        .failed, "The key could not be checked at \(url): \(error.explanation). Nothing was stored."
      )
    }
  }
}
