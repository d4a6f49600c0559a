import FoundationEssentials
import Testing

@testable import TicketConsole

@Suite struct NewFileTests {
  @Test func aDownloadThatStoppedSaysHowManyFilesItSaved() {
    #expect(
      (0...2).map(AttachmentStore.saved) == [
        "Nothing was saved.", "1 file was saved.", "2 files were saved.",
      ])
  }

  @Test(arguments: [
    ("report.pdf", "report.pdf"), ("../../.bashrc", "bashrc"), ("..", "attachment"),
    ("", "attachment"), ("-rf", "rf"), ("a/b\\c.txt", "c.txt"), ("x\u{1b}[31m\n.txt", "x[31m.txt"),
    ("photo\u{202e}gpj.exe", "photogpj.exe"), (" .hidden", "hidden"),
  ])
  func namesAreCleaned(name: String, expected: String) {
    #expect(NewFile.name(name) == expected)
  }

  @Test func nothingIsOverwrittenAndOnlyTheUserReads() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "new-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try NewFile.makeFolder(folder)
    try NewFile.makeFolder(folder)
    let paths = try (1...3).map { try NewFile.write([UInt8($0)], named: "a.tar.gz", in: folder) }
    #expect(paths == ["a.tar.gz", "a.tar-2.gz", "a.tar-3.gz"].map { folder + "/" + $0 })
    #expect(FileManager.default.contents(atPath: paths[0]) == Data([1]))
    let mode = try FileManager.default.attributesOfItem(atPath: paths[0])[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(throws: NewFile.Failure.exists(paths[0])) { try NewFile.write([9], to: paths[0]) }
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/link", withDestinationPath: folder + "/elsewhere")
    #expect(throws: NewFile.Failure.exists(folder + "/link")) {
      try NewFile.write([9], to: folder + "/link")
    }
  }
}
