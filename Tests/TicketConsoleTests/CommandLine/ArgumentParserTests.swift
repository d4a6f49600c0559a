import Testing

@testable import TicketConsole

@Suite struct ArgumentParserTests {
  private func parse(_ line: String) throws(UsageError) -> Invocation {
    try ArgumentParser.parse(
      line.split(separator: " ").map(String.init), commands: CommandTable.all)
  }

  @Test func nothingMeansTheConsole() throws {
    #expect(try parse("") == Invocation())
  }

  @Test(arguments: [
    "--profile /p --account=a list --limit 5 --json",
    "list --limit=5 --json --profile=/p --account a",
    "--account a list --profile /p --json --limit 5",
  ])
  func globalOptionsStandBeforeOrAfterTheCommand(line: String) throws {
    #expect(
      try parse(line)
        == Invocation(
          command: "list",
          values: ["profile": ["/p"], "account": ["a"], "limit": ["5"], "json": [""]]))
  }

  @Test func whatFollowsTheDashesIsNoOption() throws {
    #expect(
      try parse("search -- --limit 5")
        == Invocation(command: "search", operands: ["--limit", "5"]))
  }

  @Test func aTagMayBeginWithADash() throws {
    #expect(
      try parse("tag 7 +new -old --json")
        == Invocation(
          command: "tag", operands: ["7", "+new", "-old"], values: ["json": [""]]))
  }

  @Test func repeatedOptionsKeepAllValues() throws {
    let invocation = try parse("sandbox --load a --load b --plan growth")
    #expect(invocation.all("load") == ["a", "b"])
    #expect(invocation.value("plan") == "growth")
  }

  @Test(arguments: [
    ("lst", "There is no command \"lst\"."),
    ("list --colour", "There is no option --colour for list."),
    ("--limit 5 list", "There is no option --limit."),
    ("list --limit", "--limit needs a value: N."),
    ("list --json=1", "--json takes no value."), ("list -x", "There is no option -x."),
    (
      "sandbox --plan free",
      "--plan has to be one of trial, growth, pro, enterprise, unlimited."
    ),
  ])
  func whatIsNotUnderstoodIsNamed(line: String, sentence: String) {
    #expect(throws: UsageError.self) { try parse(line) }
    do { _ = try parse(line) } catch { #expect(error.sentence == sentence) }
  }
}
