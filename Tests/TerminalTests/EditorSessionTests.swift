import ConsoleTestSupport
import Glibc
import Terminal
import Testing

@testable import TicketConsole

/// The user's editor as a shell command; it needs the host, and so ncurses, to lend the terminal.
extension TerminalHostTests {
  @Suite("EditorSession", .serialized) struct EditorSessionTests {
    private let folder = TemporaryFolder()
    private let terminal: PseudoTerminal
    private let host: TerminalHost

    init() throws {
      terminal = try PseudoTerminal(size: Size(width: 40, height: 6))
      var options = TerminalHost.Options(environment: ["TERM": "xterm-256color"])
      options.input = terminal.programSide
      options.output = terminal.programSide
      options.handlesSignals = false
      host = try TerminalHost(options: options)
    }

    private func edit(with command: String, _ text: String = "draft\n") -> EditorSession.Outcome {
      let session = EditorSession(
        directory: folder.path, environment: ["EDITOR": command, "PATH": "/usr/bin:/bin"])
      let outcome = session.edit(text, name: "reply-48207", on: host)
      host.close()
      return outcome
    }

    /// A command that runs a shell script with the file as `$1`.
    private func script(_ text: String) throws -> String {
      let path = folder.file("editor.sh")
      let file = try #require(fopen(path, "w"))
      fputs(text, file)
      fclose(file)
      return "sh \(path)"
    }

    /// The edited text without the name of its file, which is checked to hold it.
    private func edited(with command: String, _ text: String = "draft\n") throws
      -> EditorSession.Edited
    {
      guard case .edited(var edited) = edit(with: command, text) else {
        throw Unexpected.outcome
      }
      #expect(edited.file.hasPrefix(folder.path + "/reply-48207."))
      #expect(access(edited.file, R_OK) == 0)
      edited.file = ""
      return edited
    }

    private enum Unexpected: Error { case outcome }

    @Test func whatTheEditorSavedComesBack() throws {
      #expect(
        try edited(with: try script("echo more >> \"$1\""))
          == EditorSession.Edited(text: "draft\nmore\n", file: ""))
    }

    @Test func aFileReplacedByTheEditorIsReadToo() throws {
      let command = try script("printf new > \"$1.tmp\"; mv \"$1.tmp\" \"$1\"")
      #expect(try edited(with: command).text == "new")
    }

    @Test func leavingTheTextAloneIsTold() { #expect(edit(with: "true") == .unchanged) }

    @Test func anEmptiedTextIsTold() throws {
      #expect(edit(with: try script("echo ' ' > \"$1\"")) == .empty)
    }

    @Test(arguments: [
      ("exit 7", EditorSession.Failure.status(7)), ("kill -9 $$", .signal(9)),
      ("kill -HUP $$", .signal(1)), ("kill -TERM $$", .signal(15)),
    ])
    func anEditorThatEndsBadlyLosesNoWordThatItSaved(
      end: String, failure: EditorSession.Failure
    ) throws {
      let edited = try edited(with: try script("echo more >> \"$1\"; \(end)"))
      #expect(
        edited == EditorSession.Edited(text: "draft\nmore\n", file: "", failure: failure))
    }

    @Test func whatNanoKeepsOfALostTerminalComesBack() throws {
      let command = try script("printf 'unsaved words' > \"$1.save\"; kill -HUP $$")
      #expect(try edited(with: command).text == "unsaved words")
    }

    @Test func anEditorThatIsMissingIsTold() {
      #expect(edit(with: "no-such-editor") == .failed(.start(ENOENT), file: nil))
    }

    @Test func anEditorThatIsKilledIsTold() throws {
      #expect(edit(with: try script("kill -9 $$")) == .failed(.signal(9), file: nil))
    }

    @Test func bytesThatAreNotUTF8AreReadAsLatin1() throws {
      let edited = try edited(with: try script("printf 'Gr\\374\\337e' > \"$1\""))
      #expect(edited.text == "Grüße")
      #expect(edited.isLatin1)
    }

    @Test func aTextThatIsTooLongStaysInItsFile() throws {
      let command = try script("head -c 17000000 /dev/zero | tr '\\0' x > \"$1\"")
      guard case .failed(.tooLong, let left) = edit(with: command), let left else {
        throw Unexpected.outcome
      }
      #expect(access(left, R_OK) == 0)
    }

    @Test func theFileIsForItsUserAloneAndGoneWhenNothingChanged() throws {
      let seen = folder.file("seen")
      let command = try script("stat -c '%a %n' \"$1\" > \(seen)")
      #expect(edit(with: command) == .unchanged)
      let file = try #require(fopen(seen, "r"))
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 300)
      fgets(&line, 300, file)
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      #expect(text.hasPrefix("600 \(folder.path)/reply-48207."))
      let path = String(text.dropFirst(4).dropLast())
      #expect(access(path, F_OK) != 0)
    }

    @Test func aFolderThatTakesNoFileGivesWayToTheTemporaryOne() throws {
      let session = EditorSession(
        directory: folder.file("none"),
        environment: [
          "EDITOR": try script("echo more >> \"$1\""), "PATH": "/usr/bin:/bin",
          "TMPDIR": folder.path,
        ])
      guard case .edited(let edited) = session.edit("x\n", name: "note", on: host) else {
        throw Unexpected.outcome
      }
      #expect(edited.file.hasPrefix(folder.path + "/note."))
      host.close()
    }

    @Test func filesOfEndedProcessesAreFoundWithTheirTicket() throws {
      let own = folder.file(EditedFile.name("ticket-5-reply", attempt: 0))
      for path in [
        own, folder.file("ticket-319-reply.1-1-0.md"),
        folder.file("ticket-7-note.999999999-1-0.md"),
        folder.file("ticket-8-other.1-1-0.md"), folder.file("journal.db"),
      ] {
        close(open(path, O_WRONLY | O_CREAT, 0o600))
      }
      let found = EditedFile.abandoned(in: EditedFile.Folder(path: folder.path))
      #expect(found.map(\.ticketID.rawValue) == [319, 7])
      #expect(found.map(\.kind) == [.reply, .privateNote])
      host.close()
    }

    @Test func aSharedFolderIsSearchedForFilesOfOneAccountOnly() throws {
      let environment = ["TMPDIR": folder.path]
      let own = EditedFile.Folder.all("/accounts/acme", environment: environment)
      let other = EditedFile.Folder.all("/accounts/other", environment: environment)
      #expect(own.map(\.path) == ["/accounts/acme", folder.path])
      let tag = try #require(own[1].tag)
      let path = folder.file("ticket-319-reply.1-1-0.\(tag).md")
      close(open(path, O_WRONLY | O_CREAT, 0o600))
      #expect(EditedFile.abandoned(in: own[1]).map(\.path) == [path])
      #expect(EditedFile.abandoned(in: other[1]).isEmpty)
      #expect(
        EditedFile.path("ticket-5-note", attempt: 0, in: own[1]).hasSuffix("-0.\(tag).md"))
      host.close()
    }

    @Test func visualComesBeforeEditorAndViIsTheLastResort() {
      #expect(EditorSession.command(environment: ["VISUAL": "a b", "EDITOR": "c"]) == "a b")
      #expect(EditorSession.command(environment: ["VISUAL": " ", "EDITOR": "c"]) == "c")
      #expect(EditorSession.command(environment: [:]) == "vi")
      #expect(EditorSession.command("micro -x", environment: ["VISUAL": "a b"]) == "micro -x")
      #expect(EditorSession.command("", environment: ["VISUAL": "a b"]) == "a b")
      host.close()
    }
  }
}
