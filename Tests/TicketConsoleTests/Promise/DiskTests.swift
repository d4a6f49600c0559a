import ConsoleTestSupport
import Glibc
import Testing

/// What the real program does when its disk does not do its part.
@Suite(.serialized) struct DiskTests {
  private static let journal = "profile/accounts/acme/journal.db"

  private func note(_ text: String, _ desk: CommandDesk) throws -> ProgramRun {
    try desk.run("note", "4", "--body-file", "-", input: text + "\n")
  }

  @Test func aDamagedJournalIsRefusedAndKept() throws {
    let desk = try CommandDesk.ready()
    #expect(try note("before", desk).code == 0)
    for file in ["journal.db-wal", "journal.db-shm"] {
      unlink(desk.folder.file("profile/accounts/acme/\(file)"))
    }
    let bytes = [UInt8](repeating: 7, count: 40_000)
    desk.folder.write(Self.journal, bytes)
    let run = try note("after", desk)
    #expect(run.code == 1)
    #expect(run.errors.contains("is damaged. It was left as it is"))
    #expect(desk.folder.contents(Self.journal) == bytes)
  }

  @Test func aNewerJournalIsRefusedUntouched() throws {
    let desk = try CommandDesk.ready()
    #expect(try note("before", desk).code == 0)
    for file in ["journal.db-wal", "journal.db-shm"] {
      unlink(desk.folder.file("profile/accounts/acme/\(file)"))
    }
    var bytes = try #require(desk.folder.contents(Self.journal))
    // The user version stands big-endian at byte 60 of every SQLite file.
    bytes.replaceSubrange(60..<64, with: [0, 0, 0x7F, 0xFF])
    desk.folder.write(Self.journal, bytes)
    let run = try note("after", desk)
    #expect(run.code == 1)
    #expect(!run.errors.isEmpty)
    #expect(desk.folder.contents(Self.journal) == bytes)
  }

  /// A file of its own as the disk, so that it can be full. Only root may mount it.
  @Test(.enabled(if: geteuid() == 0, "only root may mount a small disk"))
  func aFullDiskRefusesAndLosesNothing() throws {
    let desk = try CommandDesk.ready()
    let folder = desk.folder.file("profile/accounts/acme")
    let small = desk.folder.file("small")
    mkdir(small, 0o700)
    guard mount("tmpfs", small, "tmpfs", 0, "size=3m") == 0 else {
      print("skipped: this machine does not let a test mount a disk")
      return
    }
    defer { umount2(small, Int32(MNT_DETACH)) }
    for name in ["api-key", "cache.db", "cache.db-wal", "cache.db-shm", "journal.db"] {
      guard let bytes = desk.folder.contents("profile/accounts/acme/\(name)") else { continue }
      desk.folder.write("small/\(name)", bytes)
      chmod(small + "/" + name, 0o600)
    }
    rename(folder, folder + ".old")
    symlink(small, folder)
    #expect(try note("before", desk).code == 0)

    let filler = [UInt8](repeating: 1, count: 4 << 20)
    desk.folder.write("small/filler", filler)
    // The last pages of the journal may still take a few.
    let long = String(repeating: "words ", count: 3000)
    var refused: ProgramRun?
    for number in 1...50 where refused == nil {
      let run = try note("number \(number) \(long)", desk)
      if run.code != 0 { refused = run }
    }
    let run = try #require(refused)
    #expect(run.code == 1)
    #expect(
      run.errors.contains("the disk is full") || run.errors.contains("No space left"),
      "\(run.errors)")
    unlink(small + "/filler")
    #expect(try note("after", desk).code == 0)
    #expect(try desk.run("flush").code == 0)
    let shown = try desk.read(CommandDesk.Shown.self, "show", "4", "--refresh")
    let notes = shown.conversations.filter { $0.kind == "private_note" }.map(\.text)
    #expect(notes.count { $0 == "before" } == 1 && notes.count { $0 == "after" } == 1)
    let items = try desk.read([CommandDesk.Item].self, "outbox")
    #expect(items.allSatisfy { $0.state == "sent" })
    // Each note that the journal took is there once, and no other.
    #expect(
      items.count == notes.count { ["before", "after"].contains($0) || $0.hasPrefix("number") })
    #expect(try desk.run("audit", "verify").code == 0)
  }
}
