import ConsoleTestSupport
import Glibc
import Testing

/// Disks of another kind than the usual one, and caches that cannot be used.
@Suite(.serialized) struct DiskFolderTests {
  private static let cache = "profile/accounts/acme/cache.db"

  private func note(_ text: String, _ desk: CommandDesk) throws -> ProgramRun {
    try desk.run("note", "4", "--body-file", "-", input: text + "\n")
  }

  private func dropSideFiles(of name: String, _ desk: CommandDesk) {
    for suffix in ["-wal", "-shm"] { unlink(desk.folder.file(name + suffix)) }
  }

  @Test(.enabled(if: access("/dev/shm", W_OK) == 0, "there is no disk in memory"))
  func aProfileOnAnotherFileSystemWorks() throws {
    let elsewhere = TemporaryFolder(in: "/dev/shm")
    let desk = try CommandDesk(tickets: 10)
    try #require(symlink(elsewhere.path, desk.profile) == 0)
    let connected = try desk.run(
      "connect", "--url", desk.server.url, "--name", "acme", "--api-key-stdin", input: desk.key)
    #expect(connected.code == 0, "\(connected.errors)")
    elsewhere.write("config.toml", Array("hold_seconds = 0\n".utf8))
    #expect(try desk.run("sync").code == 0)
    let run = try note("from memory", desk)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
    #expect(elsewhere.contents("accounts/acme/journal.db") != nil)
    #expect(try desk.run("audit", "verify").code == 0)
    #expect(try desk.run("disconnect").code == 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only root may make a disk read-only"))
  func aReadOnlyDiskIsNamedAndNothingIsLost() throws {
    let desk = try CommandDesk.ready()
    #expect(try note("before", desk).code == 0)
    let folder = desk.folder.file("profile/accounts/acme")
    guard mount(folder, folder, nil, UInt(MS_BIND), nil) == 0 else {
      print("skipped: this machine does not let a test mount a disk")
      return
    }
    defer { umount2(folder, Int32(MNT_DETACH)) }
    try #require(
      mount(nil, folder, nil, UInt(MS_REMOUNT | MS_BIND | MS_RDONLY), nil) == 0)
    func isNamed(_ run: ProgramRun) -> Bool {
      run.errors.contains("cannot be opened") || run.errors.contains("cannot be written")
    }
    let refused = try note("refused", desk)
    #expect(refused.code == 1 && isNamed(refused), "\(refused.output) \(refused.errors)")
    // With nothing to write, SQLite can do where its side files are still there.
    let flushed = try desk.run("flush")
    #expect(flushed.code == 0 || isNamed(flushed), "\(flushed.output) \(flushed.errors)")
    let list = try desk.run("list")
    #expect(list.code == 0 ? list.output.contains("#4 ") : isNamed(list), "\(list.errors)")
    try #require(mount(nil, folder, nil, UInt(MS_REMOUNT | MS_BIND), nil) == 0)
    #expect(try note("after", desk).code == 0)
    let shown = try desk.read(CommandDesk.Shown.self, "show", "4", "--refresh")
    let notes = shown.conversations.filter { $0.kind == "private_note" }.map(\.text)
    #expect(notes.filter { ["before", "refused", "after"].contains($0) } == ["before", "after"])
  }

  @Test func aCacheOfANewerVersionIsRefusedUntouched() throws {
    let desk = try CommandDesk.ready()
    dropSideFiles(of: Self.cache, desk)
    var bytes = try #require(desk.folder.contents(Self.cache))
    // The user version stands big-endian at byte 60 of every SQLite file.
    bytes.replaceSubrange(60..<64, with: [0, 0, 0x7F, 0xFF])
    desk.folder.write(Self.cache, bytes)
    let run = try desk.run("list")
    #expect(run.code == 1)
    #expect(run.errors.contains("newer version"), "\(run.errors)")
    #expect(desk.folder.contents(Self.cache) == bytes)
  }

  @Test func aDamagedCacheIsRebuiltAndSaysSoAndTheOutboxStays() throws {
    let desk = try CommandDesk.ready()
    #expect(try note("kept", desk).code == 0)
    dropSideFiles(of: Self.cache, desk)
    let bytes = [UInt8](repeating: 7, count: 40_000)
    desk.folder.write(Self.cache, bytes)
    let run = try desk.run("list")
    #expect(run.errors.contains("The cache was damaged"), "\(run.errors)")
    #expect(try desk.run("sync").code == 0)
    #expect(try desk.read([CommandDesk.Ticket].self, "list").isEmpty == false)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
  }
}
