import ConsoleTestSupport
import ConsoleUI
import Testing

@testable import TicketConsole

@Suite struct HelpTests {
  @Test func helpIsAsRecorded() {
    let texts = CommandTable.all.filter { !$0.isHidden }.map(HelpText.command)
    let all = ([HelpText.program(CommandTable.all)] + texts).joined(separator: "\n=====\n\n")
    #expect(TextSnapshot.difference(all, name: "help") == nil)
    #expect(all.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func everyCommandIsDescribedOnce() {
    let names = CommandTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for command in CommandTable.all {
      #expect(!command.summary.hasSuffix("."), "\(command.name)")
      let options = (command.options + CommandOption.global).map(\.name)
      #expect(Set(options).count == options.count, "\(command.name)")
    }
  }

  @Test(arguments: Completions.shells)
  func completionsKnowEveryCommandAndOption(shell: String) throws {
    let script = try #require(Completions.script(for: shell, commands: CommandTable.all))
    for command in CommandTable.all where !command.isHidden {
      #expect(script.contains(command.name))
      for option in command.options { #expect(script.contains(option.name)) }
    }
    #expect(!script.contains("bench-fill"))
  }

  @Test func theManualPageNamesEveryCommandAndSetting() {
    let page = ManualPage.page(CommandTable.all, version: "1", settings: "hold_seconds = 10")
    for command in CommandTable.all where !command.isHidden {
      #expect(page.contains(".SS " + command.name))
    }
    #expect(page.contains("hold_seconds = 10"))
    #expect(page.contains(".B r\nreply to the customer (PUBLIC)\n"))
    #expect(page.contains(".B g o\n"))
    #expect(page.split(separator: "\n").allSatisfy { !$0.hasPrefix("'") })
  }

  @Test func theManualPageNamesEveryMapAndAction() {
    let page = ManualPage.page(CommandTable.all, version: "1", settings: "")
    for preset in KeyPreset.allCases where preset != .console {
      #expect(page.contains(".SS \(preset.rawValue)\n"))
    }
    #expect(page.contains(".B L\nQueue, Thread: tags\n"))
    for record in KeyTable.console where record.unavailable == nil {
      #expect(page.contains(".B \(ManualPage.escaped(record.id.rawValue))\n"))
    }
  }

  @Test func theBuiltProgramPrintsHelp() throws {
    let run = try ProgramRun(["help", "list"])
    #expect(run.code == 0)
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("Usage: ticket-console list"))
    #expect(try ProgramRun(["list", "--help"]).output == run.output)
    #expect(try ProgramRun(["--version"]).output == "ticket-console 0.1.0\n")
  }

  @Test func wrongUsageIsCode2() throws {
    let run = try ProgramRun(["lst"])
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.errors == "There is no command \"lst\". See: ticket-console help\n")
  }
}
