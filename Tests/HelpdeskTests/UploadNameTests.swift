import Helpdesk
import Testing

@Suite struct UploadNameTests {
  @Test(arguments: [
    ("report.pdf", "report.pdf"), ("/etc/passwd", "passwd"), ("a\\b\\c.txt", "c.txt"),
    ("", "attachment"), ("..", "attachment"), ("\u{1B}[31m.txt", "[31m.txt"),
    ("名前 \u{200F}é.txt", "名前 é.txt"), ("../in\u{202E}vo\"i\r\nce.pdf", "invoice.pdf"),
  ])
  func namesAreCleaned(name: String, cleaned: String) {
    #expect(UploadName.cleaned(name) == cleaned)
    #expect(OutgoingFile(name: name, path: "/x", size: 1).name == cleaned)
    #expect(Upload(name: name, bytes: []).name == cleaned)
  }

  @Test func longNamesAreCutAtAWholeCharacter() {
    let name = UploadName.cleaned(String(repeating: "é", count: 300))
    #expect(name == String(repeating: "é", count: 100))
  }
}
