import Glibc

/// Runs the command that prints an API key (`pass show helpdesk`, `gpg -d …`).
public struct KeyCommand: Sendable {
  /// Handed to the command; it finds its own configuration there.
  public let environment: [String: String]
  /// The command may ask for a passphrase, so it gets time to.
  private let secondsToWait: Int32

  public init(environment: [String: String], secondsToWait: Int32 = 120) {
    self.environment = environment
    self.secondsToWait = secondsToWait
  }

  /// The first line of what the command prints. Its errors go to the person's terminal; they are
  /// never read.
  public func run(_ command: String) throws(ConfigurationError) -> AccountSecret {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure(command, "no pipe could be made") }
    let (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(reading) }
    let started = spawn(command, output: writing)
    close(writing)
    guard let process = started else { throw failure(command, "/bin/sh could not be started") }
    let output = read(reading)
    if output == nil { kill(process, SIGTERM) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    guard let output else { throw failure(command, "no answer within \(secondsToWait) s") }
    if status & 0x7F != 0 { throw failure(command, "it was ended by signal \(status & 0x7F)") }
    let code = (status >> 8) & 0xFF
    if code != 0 { throw failure(command, "it ended with code \(code)") }
    let firstLine = output.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard let secret = AccountSecret(firstLine) else {
      throw failure(command, "its first line of output is empty or is no key")
    }
    return secret
  }

  private func failure(_ command: String, _ problem: String) -> ConfigurationError {
    .keyCommandFailed(command: command, problem: problem)
  }

  private func spawn(_ command: String, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    InheritedFiles.closeOnExec()
    var process: pid_t = 0
    let arguments = CStringList(["/bin/sh", "-c", command])
    let variables = CStringList(environment.map { "\($0.key)=\($0.value)" }.sorted())
    let result = arguments.withPointer { arguments in
      variables.withPointer { variables in
        posix_spawn(&process, "/bin/sh", &actions, nil, arguments, variables)
      }
    }
    return result == 0 ? process : nil
  }

  /// Everything up to the end, at most 64 kB; nil when the time is over.
  private func read(_ descriptor: Int32) -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    let end = time(nil) + Int(secondsToWait)
    while bytes.count < 65_536 {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = end - time(nil)
      if left <= 0 { return nil }
      let ready = poll(&waiting, 1, Int32(left) * 1000)
      if ready == 0 { return nil }
      if ready < 0 {
        if errno == EINTR { continue }
        return nil
      }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes.append(contentsOf: buffer[0..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A list of texts in the form that C calls want: pointers, ended by a null pointer.
private struct CStringList {
  private let texts: [[CChar]]

  init(_ texts: [String]) { self.texts = texts.map { Array($0.utf8CString) } }

  func withPointer<Result>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { text in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      copy.initialize(from: text, count: text.count)
      return copy
    }
    pointers.append(nil)
    defer { for case let pointer? in pointers { pointer.deallocate() } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      // The list always has its closing null pointer, so the buffer has a base address.
      body(buffer.baseAddress!)
    }
  }
}
