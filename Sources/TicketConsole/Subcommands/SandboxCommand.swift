import Dispatch
import Glibc
import HelpdeskSandbox

/// `ticket-console sandbox`: serves a local helpdesk until it is told to end.
enum SandboxCommand {
  /// What is wrong with the command line.
  private struct UsageError: Error {
    var sentence: String
  }

  /// Arguments as understood.
  private struct Order {
    var options = SandboxOptions()
    var readsStandardInput = false
    var wantsHelp = false
  }

  static let help = """
    usage: ticket-console sandbox [options]

      --listen ADDRESS:PORT   where to listen (127.0.0.1, a free port)
      --data FILE             keep everything in FILE (in memory)
      --tickets N             generated tickets (250, or none with --load)
      --seed N                same seed, same help desk (1)
      --load FILE             conversations in JSON Lines, - for standard input; repeatable
      --plan NAME             trial, growth, pro, enterprise or unlimited (unlimited)
      --tls-cert F --tls-key F  serve HTTPS with this certificate and key (PEM)
      --live                  customers write now and then
      --now TIME              the moment that generated content lies before (today, 00:00 UTC)
      --search-lag SECONDS    until search sees a change (5)

    Prints one line of JSON when it is ready. Ends on SIGTERM, SIGINT, or the end of standard
    input where that is a pipe.
    """

  /// Returns the exit code.
  static func run(arguments: [String]) -> Int32 {
    let order: Order
    do {
      order = try read(arguments)
    } catch {
      complain("\(error.sentence)\nTry: ticket-console sandbox --help")
      return 2
    }
    if order.wantsHelp {
      print(help)
      return 0
    }
    allowManyConnections()
    // Blocked before any thread starts, so that all inherit it and only the wait below sees them.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    do {
      let server = try SandboxServer(order.options)
      for warning in server.warnings { complain(warning) }
      print(server.readyLine)
      fflush(nil)
      if !order.readsStandardInput { watchStandardInput() }
      var signal: Int32 = 0
      sigwait(&signals, &signal)
      server.stop()
      return 0
    } catch {
      complain("The sandbox did not start. \(error)")
      return 1
    }
  }

  private static func read(_ arguments: [String]) throws(UsageError) -> Order {
    var order = Order()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      func value() throws(UsageError) -> String {
        guard let value = rest.popFirst() else {
          throw UsageError(sentence: "\(argument) needs a value.")
        }
        return value
      }
      func number() throws(UsageError) -> Int {
        guard let number = Int(try value()), number >= 0 else {
          throw UsageError(sentence: "\(argument) needs a number.")
        }
        return number
      }
      switch argument {
      case "--help", "-h": order.wantsHelp = true
      case "--listen":
        (order.options.address, order.options.port) = try endpoint(try value())
      case "--data": order.options.dataFile = try value()
      case "--tickets": order.options.tickets = try number()
      case "--seed": order.options.seed = UInt64(try number())
      case "--load":
        let name = try value()
        if name == "-" { order.readsStandardInput = true }
        order.options.loads.append(SandboxLoad(name: name, bytes: try contents(name)))
      case "--plan": order.options.plan = try value()
      case "--tls-cert": order.options.certificate = try text(try value())
      case "--tls-key": order.options.certificateKey = try text(try value())
      case "--live": order.options.isLive = true
      case "--now": try setReference(try value(), &order.options)
      case "--search-lag": order.options.searchLag = Int64(try number())
      default: throw UsageError(sentence: "There is no option \(argument).")
      }
    }
    if (order.options.certificate == nil) != (order.options.certificateKey == nil) {
      throw UsageError(sentence: "--tls-cert and --tls-key go together.")
    }
    return order
  }

  /// `127.0.0.1:8080`, `[::1]:8080`, or a port alone.
  private static func endpoint(_ text: String) throws(UsageError) -> (String, UInt16) {
    let colon = text.lastIndex(of: ":")
    let address = colon.map { String(text[..<$0]) } ?? "127.0.0.1"
    guard let port = UInt16(colon.map { String(text[text.index(after: $0)...]) } ?? text) else {
      throw UsageError(sentence: "--listen needs ADDRESS:PORT, such as 127.0.0.1:8080.")
    }
    let bare = address.hasPrefix("[") ? String(address.dropFirst().dropLast()) : address
    return (bare == "localhost" || bare.isEmpty ? "127.0.0.1" : bare, port)
  }

  private static func setReference(
    _ text: String, _ options: inout SandboxOptions
  ) throws(UsageError) {
    guard options.setGenerated(before: text) else {
      throw UsageError(sentence: "--now needs a time such as 2026-01-31T12:00:00Z.")
    }
  }

  private static func contents(_ name: String) throws(UsageError) -> [UInt8] {
    let file = name == "-" ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw UsageError(sentence: "\(name) cannot be read.") }
    defer { if file != STDIN_FILENO { close(file) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { throw UsageError(sentence: "\(name) cannot be read.") }
      if count > 0 { bytes.append(contentsOf: chunk[..<count]) }
    }
  }

  private static func text(_ name: String) throws(UsageError) -> String {
    String(decoding: try contents(name), as: UTF8.self)
  }

  /// A parent that goes away closes its end of the pipe; then the sandbox goes too.
  private static func watchStandardInput() {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { return }
    DispatchQueue(label: "sandbox.standard-input").async {
      var chunk = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
        if count == 0 || (count < 0 && errno != EINTR) { break }
      }
      kill(getpid(), SIGTERM)
    }
  }

  private static func allowManyConnections() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  private static func complain(_ sentence: String) {
    let line = Array((sentence + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}
