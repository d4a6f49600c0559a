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

    @Test func whatTheEditorSavedComesBack() throws {
      #expect(edit(with: try script("echo more >> \"$1\"")) == .edited("draft\nmore\n"))
    }

    @Test func aFileReplacedByTheEditorIsReadToo() throws {
      let command = try script("printf new > \"$1.tmp\"; mv \"$1.tmp\" \"$1\"")
      #expect(edit(with: command) == .edited("new"))
    }

    @Test func leavingTheTextAloneIsTold() { #expect(edit(with: "true") == .unchanged) }

    @Test func anEmptiedTextIsTold() throws {
      #expect(edit(with: try script("echo ' ' > \"$1\"")) == .empty)
    }

    @Test func anEditorThatFailsLosesNoWord() throws {
      let command = try script("echo more >> \"$1\"; exit 7")
      #expect(edit(with: command) == .failed(.status(7), text: "draft\nmore\n"))
    }

    @Test func anEditorThatIsMissingIsTold() {
      #expect(edit(with: "no-such-editor") == .failed(.start(ENOENT), text: "draft\n"))
    }

    @Test func anEditorThatIsKilledIsTold() throws {
      #expect(edit(with: try script("kill -9 $$")) == .failed(.signal(9), text: "draft\n"))
    }

    @Test func bytesThatAreNoTextAreRefused() throws {
      let command = try script("printf '\\377\\376' > \"$1\"")
      #expect(edit(with: command) == .failed(.notText, text: nil))
    }

    @Test func theFileIsForItsUserAloneAndGoneAfterwards() throws {
      let seen = folder.file("seen")
      let command = try script("stat -c '%a %n' \"$1\" > \(seen)")
      #expect(edit(with: command) == .unchanged)
      let file = try #require(fopen(seen, "r"))
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 300)
      fgets(&line, 300, file)
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      #expect(text.hasPrefix("600 \(folder.path)/reply-48207-"))
      let path = String(text.dropFirst(4).dropLast())
      #expect(access(path, F_OK) != 0)
    }

    @Test func aFolderThatIsMissingIsTold() {
      let session = EditorSession(
        directory: folder.file("none"), environment: ["EDITOR": "true", "PATH": "/usr/bin:/bin"])
      #expect(session.edit("x", name: "note", on: host) == .failed(.file(ENOENT), text: nil))
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
