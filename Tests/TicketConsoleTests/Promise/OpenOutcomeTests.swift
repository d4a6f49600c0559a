import ConsoleModel
import ConsoleTestSupport
import Dispatch
import Glibc
import Synchronization
import Testing

/// What the program says and allows while nobody knows what became of a reply, and on a full disk.
@Suite(.serialized) struct OpenOutcomeTests {
  /// A desk whose account is on a small disk of its own; nil where a test may not mount one.
  private func deskOnSmallDisk() throws -> (desk: CommandDesk, disk: String)? {
    let desk = try CommandDesk.ready()
    let folder = desk.folder.file("profile/accounts/acme")
    let small = desk.folder.file("small")
    mkdir(small, 0o700)
    guard mount("tmpfs", small, "tmpfs", 0, "size=4m") == 0 else {
      print("skipped: this machine does not let a test mount a disk")
      return nil
    }
    for name in ["api-key", "cache.db", "journal.db", "audit.log"] {
      guard let bytes = desk.folder.contents("profile/accounts/acme/\(name)") else { continue }
      desk.folder.write("small/\(name)", bytes)
      chmod(small + "/" + name, 0o600)
    }
    rename(folder, folder + ".old")
    symlink(small, folder)
    return (desk, small)
  }

  private func fill(_ desk: CommandDesk) {
    desk.folder.write("small/filler", [UInt8](repeating: 1, count: 6 << 20))
  }

  private func address(_ desk: CommandDesk) throws -> String {
    try #require(
      try desk.read(CommandDesk.Shown.self, "show", "4").ticket.requester.email)
  }

  @Test(.enabled(if: geteuid() == 0, "only root may mount a small disk"))
  func aDiskThatFillsWhileAReplyIsOnItsWayDoesNotInviteASecondOne() async throws {
    guard let (desk, disk) = try deskOnSmallDisk() else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    let to = try address(desk)
    #expect(try desk.run("note", "5", "--body-file", "-", input: "before\n").code == 0)
    try await desk.control(
      .post, "/faults",
      #"{"method":"POST","path":"/tickets/.*/reply","action":"delay","seconds":6,"times":1}"#)
    let ended = Mutex<Result<ProgramRun, any Error>?>(nil)
    // On a thread of its own: the sandbox answers in the task pool.
    DispatchQueue.global().async {
      let run = Result {
        try desk.run("reply", "4", "--body-file", "-", "--confirm-to", to, input: "once\n")
      }
      ended.withLock { $0 = run }
    }
    let reader = try JournalReader(folder: disk, account: "acme")
    while try reader.counts().sending == 0, ended.withLock({ $0 == nil }) { await Task.yield() }
    fill(desk)
    while ended.withLock({ $0 == nil }) { await Task.yield() }
    let run = try #require(ended.withLock { $0 }).get()
    // Where the disk had room for the outcome all the same, the command says that it was sent.
    if run.code != 0 {
      #expect(run.code == 5, "\(run.errors)")
      #expect(run.errors.contains("Do not send it again"), "\(run.errors)")
    }
    #expect(!run.errors.contains("othing was sent"), "\(run.errors)")
    #expect(!run.errors.contains("try again"), "\(run.errors)")
    unlink(disk + "/filler")
    #expect(try desk.run("flush").code == 0)
    #expect(try await desk.deliveries().count == 1)
    #expect(
      try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent", "sent"])
  }

  @Test(.enabled(if: geteuid() == 0, "only root may mount a small disk"))
  func aFullDiskKeepsNobodyFromReadingAndFromStopping() throws {
    guard let (desk, disk) = try deskOnSmallDisk() else { return }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    #expect(try desk.run("note", "5", "--body-file", "-", input: "before\n").code == 0)
    #expect(try desk.run("list").code == 0)
    fill(desk)
    for command in [["list"], ["show", "4"], ["outbox"], ["search", "the"]] {
      let run = try ProgramRun(["--profile", desk.profile] + command)
      #expect(run.code == 0, "\(command): \(run.errors)")
    }
    let doctor = try desk.run("doctor")
    #expect(doctor.code == 1)
    #expect(doctor.output.contains("has no room"), "\(doctor.output)")
    let stopped = try desk.run("stop", "on")
    #expect(stopped.code == 0, "\(stopped.errors)")
    #expect(access(disk + "/stop", F_OK) == 0)
  }

  @Test func whatMayHaveArrivedIsSentAgainOnlyByAPersonAtATerminal() async throws {
    let desk = try CommandDesk.ready()
    let to = try address(desk)
    try await desk.control(
      .post, "/faults",
      #"{"method":"POST","path":"/tickets/.*/reply","action":"status","code":500,"times":1}"#)
    _ = try ProgramRun(
      ["--profile", desk.profile, "reply", "4", "--body-file", "-", "--confirm-to", to],
      input: "once\n", killedAfter: .seconds(3))
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["unknown"])
    let again = try desk.run("outbox", "send", "1", "--confirm-to", to)
    #expect(again.code == 4, "\(again.errors)")
    #expect(again.errors.contains("may have arrived already"))
    #expect(try desk.run("outbox", "discard", "1", "--yes").code == 0)
    #expect(try desk.run("outbox", "send", "1", "--confirm-to", to).code == 4)
    #expect(try desk.run("flush").code == 0)
    #expect(try await desk.deliveries().isEmpty)
  }

  @Test func aHeldItemIsTakenBackByCommand() throws {
    let desk = try CommandDesk.ready()
    desk.folder.write("profile/config.toml", Array("hold_seconds = 600\n".utf8))
    #expect(
      try desk.run("note", "4", "--body-file", "-", "--no-wait", input: "held\n").code == 0)
    let run = try desk.run("outbox", "undo", "1")
    #expect(run.code == 0 && run.output.contains("a draft of #4"), "\(run.output) \(run.errors)")
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["undone"])
    #expect(try desk.run("outbox", "undo", "1").code == 4)
  }

  /// The cache may be deleted at any time, so nothing about it holds up what waits.
  @Test(arguments: [60, 44])
  func aCacheThatCannotBeOpenedHoldsUpNoWrite(place: Int) throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("stop", "on").code == 0)
    #expect(
      try desk.run("note", "4", "--body-file", "-", "--no-wait", input: "waits\n").code != 1)
    let cache = "profile/accounts/acme/cache.db"
    for suffix in ["-wal", "-shm"] { unlink(desk.folder.file(cache + suffix)) }
    var bytes = try #require(desk.folder.contents(cache))
    // The user version, of a newer program, or the schema's format, which no SQLite knows.
    bytes.replaceSubrange(place..<(place + 4), with: [0, 0, 0x7F, 0xFF])
    desk.folder.write(cache, bytes)
    #expect(try desk.run("stop", "off").code == 0)
    #expect(try desk.run("outbox").output.contains("private note"))
    let flushed = try desk.run("flush")
    #expect(flushed.code == 0, "\(flushed.errors)")
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
    if place == 60 { #expect(desk.folder.contents(cache) == bytes) }
  }

  @Test func doctorFindsWhatKeepsAWriteFromLeaving() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("doctor").code == 0)
    #expect(try desk.run("stop", "on").code == 0)
    let stopped = try desk.run("doctor")
    #expect(stopped.code == 1 && stopped.output.contains("stop switch"), "\(stopped.output)")
    #expect(try desk.run("stop", "off").code == 0)
    chmod(desk.profile, 0o777)
    let open = try desk.run("doctor")
    #expect(open.code == 1 && open.output.contains("others may write"), "\(open.output)")
  }
}
