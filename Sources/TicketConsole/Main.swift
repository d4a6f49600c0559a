import ConsoleModel
import FoundationEssentials
import Glibc

@main
enum Main {
  static func main() {
    // A reader that goes away must not end the program in the middle of a write.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(run(arguments, CommandOutput()).rawValue)
  }

  private static func run(_ arguments: [String], _ output: CommandOutput) -> ExitCode {
    do {
      let invocation = try ArgumentParser.parse(arguments, commands: CommandTable.all)
      let context = CommandContext(
        invocation: invocation, environment: ProcessInfo.processInfo.environment,
        workingDirectory: FileManager.default.currentDirectoryPath, output: output,
        clock: SystemClock())
      try perform(context)
      return .done
    } catch let error as UsageError {
      let help = error.command.map { "help \($0)" } ?? "help"
      output.note("\(error.sentence) See: ticket-console \(help)")
      return .wrongUsage
    } catch let failure as CommandFailure {
      if !failure.sentence.isEmpty { output.note(failure.sentence) }
      return failure.code
    } catch {
      output.note("It failed for a reason that the program does not know. Nothing was confirmed.")
      return .failed
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
