import ConsoleModel
import FoundationEssentials
import Glibc

@main
enum Main {
  static func main() {
    // A reader that goes away must not end the program in the middle of a write.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let code = run(arguments, CommandOutput())
    // Threads of libraries may still be closing their connections. They must not meet the clean-up
    // that `exit` runs in the libraries under them; everything of ours has been written already.
    fflush(nil)
    _exit(code)
  }

  private static func run(_ arguments: [String], _ output: CommandOutput) -> Int32 {
    let context: CommandContext
    do {
      context = CommandContext(
        invocation: try ArgumentParser.parse(arguments, commands: CommandTable.all),
        commands: CommandTable.all, environment: ProcessInfo.processInfo.environment,
        workingDirectory: FileManager.default.currentDirectoryPath, output: output,
        clock: SystemClock())
    } catch {
      let help = error.command.map { "help \($0)" } ?? "help"
      output.note("\(error.sentence) See: ticket-console \(help)")
      return ExitCode.wrongUsage.rawValue
    }
    let name = context.invocation.command ?? "console"
    do {
      context.log?.write(.info, "\(name) begins")
      try perform(context)
      context.log?.write(.info, "\(name) is done")
      return ExitCode.done.rawValue
    } catch let ended as EndedBySignal {
      context.log?.write(.info, "\(name) was ended by signal \(ended.number)")
      return ended.exitStatus
    } catch {
      let failure = CommandFailure(for: error)
      if !failure.sentence.isEmpty { output.note(failure.sentence) }
      context.log?.write(
        .error, "\(name) ended with code \(failure.code.rawValue): \(failure.sentence)")
      return failure.code.rawValue
    }
  }

  private static func perform(_ context: CommandContext) throws {
    let command = CommandTable.all.first { $0.name == context.invocation.command }
    if context.invocation.has("version") {
      try HelpCommand.version.run(context)
    } else if context.invocation.has("help") {
      context.output.verbatim(
        command.map(HelpText.command) ?? HelpText.program(CommandTable.all))
    } else if let command {
      try command.run(context)
    } else {
      try ConsoleCommand.open(context)
    }
  }
}
