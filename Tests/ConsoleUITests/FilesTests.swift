import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// The box of files and links, and what its keys do.
@Suite struct FilesTests {
  private let long =
    "https://storage.example/production/attachments/80000000001/original/client.log?"
    + "Expires=1764390000&Signature=abcdefghijklmnopqrstuvwxyz0123456789-THE-END"

  private func open(_ size: Size = Size(width: 80, height: 24)) -> (ConsoleDriver, FakeDesk) {
    let desk = FakeDesk()
    let id = TicketID(48207)
    for index in desk.details[id]?.entries.indices ?? 0..<0 {
      for file in desk.details[id]?.entries[index].attachments.indices ?? 0..<0 {
        desk.details[id]?.entries[index].attachments[file].url = long
      }
    }
    let driver = ConsoleDriver(size, desk: desk)
    driver.select(48207)
    driver.press(.enter)
    driver.press("F")
    return (driver, desk)
  }

  @Test func theWholeAddressIsShownAndCopied() {
    let (driver, desk) = open()
    let shown = driver.screen.filter { !$0.isWhitespace && $0 != "│" && $0 != "|" }
    #expect(shown.contains("0123456789-THE-END"))
    driver.press("y")
    #expect(desk.copied == [long])
  }

  @Test func aFileIsSavedWhereThePromptSays() {
    let (driver, desk) = open()
    driver.press("s")
    #expect(driver.screen.contains("save to: ~/Downloads/client.log"))
    driver.press(.enter)
    #expect(desk.savedFiles.map(\.destination) == ["~/Downloads/client.log"])
    #expect(driver.screen.contains("saved ~/Downloads/client.log"))
  }

  @Test func tabCompletesThePath() {
    let (driver, desk) = open()
    desk.paths = ["~/Downloads/invoices/", "~/Documents/"]
    driver.press("S")
    #expect(driver.screen.contains("save all in: ~/Downloads/"))
    driver.press("i")
    driver.press("Tab")
    driver.press(.enter)
    #expect(desk.savedFiles.map(\.destination) == ["~/Downloads/invoices/"])
    #expect(desk.savedFiles.first?.names == ["client.log", "screenshot.png"])
  }

  @Test func aTextFileIsReadInABox() {
    let (driver, _) = open()
    driver.press("v")
    #expect(driver.screen.contains("text of client.log"))
    #expect(driver.screen.contains("second line"))
    driver.press("q")
    #expect(!driver.screen.contains("second line"))
  }

  @Test func aTextThatArrivesLateTakesNoKeysOfAnEditor() {
    let (driver, _) = open()
    driver.pressUnanswered("v r H i")
    #expect(driver.state.composer != nil)
    driver.settle()
    #expect(driver.state.dialogs.isEmpty)
    #expect(driver.status.contains("client.log of #48207 is fetched; v shows it"))
    driver.type("!")
    #expect(driver.state.composer?.editor.text == "Hi!")
  }

  @Test func anErrorOfAPromptIsShownInFull() {
    let desk = FakeDesk()
    let driver = ConsoleDriver(Size(width: 80, height: 24), desk: desk)
    driver.press("\\")
    driver.type(" foo:" + String(repeating: "long ", count: 24) + "the-end")
    driver.press(.enter)
    #expect(driver.screen.contains("the-end"))
    #expect(driver.screen.contains("not understood: agent:none foo:long"))
  }
}
