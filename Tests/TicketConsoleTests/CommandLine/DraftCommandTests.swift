import ConsoleTestSupport
import Glibc
import Terminal
import Testing

/// Drafts of the command line, and what it leaves of others'.
@Suite(.serialized) struct DraftCommandTests {
  struct Draft: Decodable, Equatable {
    var id: Int64
    var ticketId: Int64
    var kind: String
    var parked: Bool
    var text: String
  }

  private func drafts(_ desk: CommandDesk) throws -> [Draft] {
    try desk.read([Draft].self, "drafts")
  }

  private func address(of ticket: Int, _ desk: CommandDesk) throws -> String {
    try #require(try desk.read(CommandDesk.Shown.self, "show", "\(ticket)").contact?.email)
  }

  private func editor(_ script: String, _ desk: CommandDesk) -> String {
    desk.folder.write("editor.sh", Array(script.utf8))
    return "sh " + desk.folder.file("editor.sh")
  }

  @Test func aRefusedReplyKeepsPipedWordsAndNamesThem() throws {
    let desk = try CommandDesk.ready(tickets: 6)
    let run = try desk.run("reply", "4", "--body-file", "-", input: "piped words\n")
    #expect(run.code == 4)
    let kept = try drafts(desk)
    #expect(kept.map(\.text) == ["piped words"])
    let number = try #require(kept.first?.id)
    #expect(run.errors.contains("ticket-console drafts show \(number)"))
    let shown = try desk.run("drafts", "show", "\(number)")
    #expect(shown.output.contains("piped words"))
    #expect(try desk.run("drafts", "discard", "\(number)").code == 4)
    #expect(try desk.run("drafts", "discard", "\(number)", "--yes").code == 0)
    #expect(try drafts(desk) == [])
    #expect(try desk.run("drafts", "show", "\(number)").code == 2)
  }

  @Test func pipedWordsAreKeptWhenTheFirstReadFails() async throws {
    let desk = try CommandDesk.ready(tickets: 6, isSynced: false)
    try await desk.control(
      .post, "/faults",
      #"{"method":"GET","path":"/tickets/.*","action":"status","code":500,"times":20}"#)
    for command in ["note", "reply"] {
      let run = try desk.run(command, "4", "--body-file", "-", input: "words of \(command)\n")
      #expect(run.code != 0)
      #expect(run.errors.contains("kept as the draft of ticket #4"), "\(run.errors)")
      #expect(run.errors.split(separator: "Nothing was queued").count == 2, "\(run.errors)")
      let file = desk.folder.write("body", Array("words of a file\n".utf8))
      let other = try desk.run(command, "4", "--body-file", file)
      #expect(other.errors.contains("Nothing was queued. The text is in your file."))
    }
    #expect(Set(try drafts(desk).map(\.text)) == ["words of note", "words of reply"])
    #expect(try desk.read([CommandDesk.Item].self, "outbox").isEmpty)
  }

  @Test func anOlderFileOfAnEditorIsParkedNextToTheDraft() throws {
    let desk = try CommandDesk.ready(tickets: 6)
    _ = try desk.run("reply", "4", "--body-file", "-", input: "written on elsewhere\n")
    let path = desk.folder.write(
      "profile/accounts/acme/ticket-4-reply.1-1-0.md", Array("left untouched\n".utf8))
    let old = timeval(tv_sec: time(nil) - 3600, tv_usec: 0)
    #expect(utimes(path, [old, old]) == 0)
    #expect(
      Set(try drafts(desk).map { "\($0.text) \($0.parked)" })
        == ["written on elsewhere false", "left untouched true"])
    #expect(access(path, F_OK) != 0)
    // A newer one becomes the draft.
    desk.folder.write(
      "profile/accounts/acme/ticket-4-reply.1-1-0.md", Array("the newest\n".utf8))
    let later = timeval(tv_sec: time(nil) + 60, tv_usec: 0)
    #expect(utimes(path, [later, later]) == 0)
    #expect(try drafts(desk).first { !$0.parked }?.text == "the newest")
  }

  @Test func aCommandNeverTouchesTheDraftOfAnother() async throws {
    let desk = try CommandDesk.ready(tickets: 6)
    let to = try address(of: 4, desk)
    // The draft of somebody who is still writing.
    _ = try desk.run("reply", "4", "--body-file", "-", input: "unfinished\n")
    let reply = try desk.run(
      "reply", "4", "--body-file", "-", "--confirm-to", to, input: "from a script\n")
    #expect(reply.code == 0, "\(reply.errors)")
    #expect(try desk.run("note", "4", "--body-file", "-", input: "a note\n").code == 0)
    #expect(try drafts(desk).map(\.text) == ["unfinished"])
    // A second unconfirmed text is parked and overwrites nothing.
    let second = try desk.run("reply", "4", "--body-file", "-", input: "another\n")
    #expect(second.errors.contains("parked next to the draft of ticket #4"))
    #expect(
      Set(try drafts(desk).map { "\($0.text) \($0.parked)" })
        == ["unfinished false", "another true"])
  }

  @Test func aReplyWithoutATextTakesTheDraftAndSendsIt() async throws {
    let desk = try CommandDesk.ready(tickets: 6)
    let to = try address(of: 4, desk)
    #expect(try desk.run("reply", "4", "--confirm-to", to).code == 2)
    _ = try desk.run("reply", "4", "--body-file", "-", input: "kept words\n")
    let run = try desk.run("reply", "4", "--confirm-to", to)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try await desk.deliveries().first?.body.contains("kept words") == true)
    #expect(try drafts(desk) == [])
  }

  @Test func aReplyIsWrittenInTheEditorAndKeptOnCtrlC() async throws {
    let desk = try CommandDesk.ready(tickets: 6)
    let command = editor("sed -i '0,/^$/s//\\nwritten in the editor/' \"$1\"\n", desk)
    let terminal = try PseudoTerminal(size: Size(width: 100, height: 40))
    try terminal.start(
      PseudoTerminal.console, arguments: ["--profile", desk.profile, "reply", "4"],
      environment: ["EDITOR": command])
    try terminal.wait(for: "the question") { $0.text.contains("Only y sends it") }
    #expect(terminal.screen.text.contains("written in the editor"))
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit() == .status(4))
    #expect(terminal.screen.text.contains("Not sent."))
    #expect(try drafts(desk).map(\.text) == ["written in the editor"])
    #expect(try await desk.deliveries().isEmpty)
  }

  @Test func ctrlCAtTheQuestionKeepsATextFromAFile() throws {
    let desk = try CommandDesk.ready(tickets: 6)
    let body = desk.folder.write("body", Array("from a file\n".utf8))
    let terminal = try PseudoTerminal(size: Size(width: 100, height: 40))
    try terminal.start(
      PseudoTerminal.console,
      arguments: ["--profile", desk.profile, "reply", "4", "--body-file", body])
    try terminal.wait(for: "the question") { $0.text.contains("Only y sends it") }
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit() == .status(4))
    #expect(try drafts(desk).map(\.text) == ["from a file"])
  }

  @Test func theReviewTellsOfAReplyThatIsHeld() throws {
    let desk = try CommandDesk.ready(tickets: 6)
    desk.folder.write("profile/config.toml", Array("hold_seconds = 60\n".utf8))
    let to = try address(of: 4, desk)
    _ = try desk.run(
      "reply", "4", "--body-file", "-", "--confirm-to", to, "--no-wait", input: "first\n")
    let body = desk.folder.write("body", Array("second\n".utf8))
    let terminal = try PseudoTerminal(size: Size(width: 100, height: 40))
    try terminal.start(
      PseudoTerminal.console,
      arguments: ["--profile", desk.profile, "reply", "4", "--body-file", body])
    try terminal.wait(for: "the question") { $0.text.contains("Only y sends it") }
    #expect(terminal.screen.text.contains("another reply of yours to #4 is held"))
    terminal.send("\u{3}")
    #expect(try terminal.waitForExit() == .status(4))
  }
}
