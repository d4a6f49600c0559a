import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// What comes back from `$EDITOR`, and what becomes of its file.
@Suite struct EditedFileTests {
  private let original = ReplyFile.Original(
    ticketID: TicketID(12), kind: .reply, subject: "VPN drops", toEmail: "kt@heliotech.io",
    ccEmails: ["it@heliotech.io"], bccEmails: ["audit@acme.example"])

  private var file: String {
    ReplyFile.text(
      of: original, words: "Hello Kenji,\n\nit works.", thread: nil, time: .utc,
      now: SampleDesk.now)
  }

  @Test func whatWasWrittenComesBack() {
    let read = ReplyFile.read(
      file.replacing("Cc: it@heliotech.io", with: "Cc: a@b.example; c@d.example"), for: original)
    #expect(read.text == "Hello Kenji,\n\nit works.")
    #expect(read.ccEmails == ["a@b.example", "c@d.example"])
    #expect(read.bccEmails == ["audit@acme.example"])
    #expect(read.problems == [])
  }

  /// Header lines as a user may leave them, and a word of what is said.
  static let headers: [(from: String, to: String, says: String)] = [
    ("Cc: it@heliotech.io", "Cc: bob", "“bob” is no address: Cc stays"),
    ("Cc: it@heliotech.io\n", "", "Cc is gone"),
    ("Bcc: audit@acme.example", "Bcc: audit@", "“audit@” is no address: Bcc stays"),
    ("Ticket: 12", "Ticket: 13", "another ticket: this stays with #12"),
    ("Ticket: 12\n", "", "another ticket: this stays with #12"),
    ("Kind: PUBLIC", "Kind: PRIVATE", "this stays a PUBLIC reply"),
    ("Kind: PUBLIC\n", "", "this stays a PUBLIC reply"),
    ("Subject: VPN drops", "Subject: Other", "the subject stays"),
    ("To: kt@heliotech.io", "To: other@x.example", "To stays"),
    ("Ticket: 12\nKind: PUBLIC\n", "", "the header is gone"),
  ]

  @Test(arguments: headers)
  func aWrongHeaderLineIsNamedAndLosesNoWord(header: (from: String, to: String, says: String)) {
    let read = ReplyFile.read(file.replacing(header.from, with: header.to), for: original)
    #expect(read.text.hasSuffix("Hello Kenji,\n\nit works."))
    #expect(read.ccEmails == ["it@heliotech.io"])
    #expect(read.bccEmails == ["audit@acme.example"])
    #expect(read.problems.contains { $0.contains(header.says) }, "\(read.problems)")
  }

  @Test func aStrangeHeaderLineIsKeptInTheText() {
    let read = ReplyFile.read(
      file.replacing("Cc: it@heliotech.io", with: "Ccc: bob@x.example\nCc: it@heliotech.io"),
      for: original)
    #expect(read.text.hasPrefix("Ccc: bob@x.example\n"))
    #expect(read.text.contains("Hello Kenji,"))
    #expect(read.problems.first?.contains("no header line") == true)
  }

  @Test func wordsThatLookLikeAHeaderAreWords() {
    let bare = ReplyFile.read("To: be or not\nto be", for: original)
    #expect(bare.text == "To: be or not\nto be")
    let inside = ReplyFile.read(
      file.replacing("Hello Kenji,", with: "Cc: everybody\nNote: call"), for: original)
    #expect(inside.text.hasPrefix("Cc: everybody\nNote: call"))
    // The blank line between header and words is gone.
    let joined = ReplyFile.read(file.replacing("\n\nHello", with: "\nHello"), for: original)
    #expect(joined.text.hasPrefix("Hello Kenji,"))
  }

  // In the console

  private func typed(_ change: @escaping (String) -> EditorOutcome) -> ConsoleDriver {
    let driver = ConsoleDriver(Size(width: 160, height: 40))
    driver.desk.editorOutcome = change
    driver.press("r")
    driver.type("Dear Lena")
    driver.press("Ctrl-e")
    return driver
  }

  @Test func anotherTicketInTheHeaderChangesNoTicket() {
    let driver = typed {
      .saved($0.replacing("Ticket: 48213", with: "Ticket: 48207").replacing("Dear", with: "Hi"))
    }
    #expect(driver.status.contains("this stays with #48213"))
    #expect(driver.state.composer?.editor.text == "Hi Lena")
    driver.press("Esc")
    #expect(driver.desk.drafts.map(\.ticketID) == [TicketID(48213)])
  }

  @Test func anEmptiedFileLeavesTheDraft() {
    let driver = typed { _ in .saved("", file: "/tmp/f") }
    #expect(driver.status.contains("the draft is as it was"))
    #expect(driver.state.composer?.editor.text == "Dear Lena")
    #expect(driver.desk.removedFiles == ["/tmp/f"])
  }

  @Test func aFileIsRemovedOnceItsWordsAreSaved() {
    let driver = typed { .saved($0.replacing("Dear", with: "Hi"), file: "/tmp/f") }
    #expect(driver.desk.drafts.map(\.text) == ["Hi Lena"])
    #expect(driver.desk.removedFiles == ["/tmp/f"])
  }

  @Test func aFileIsRemovedWhenItsWordsAreSubmittedBeforeTheyAreSaved() {
    let driver = ConsoleDriver(Size(width: 160, height: 40))
    driver.desk.editorOutcome = { .saved($0.replacing("Hx", with: "Hello"), file: "/tmp/f") }
    driver.press("r")
    // The first save is not answered before the reply is confirmed.
    driver.pressUnanswered("H x Ctrl-e Ctrl-x y")
    driver.settle()
    #expect(driver.desk.submissions.count == 1)
    #expect(driver.desk.drafts.isEmpty)
    #expect(driver.desk.removedFiles == ["/tmp/f"])
  }

  @Test func aFileStaysAndIsNamedWhileItsWordsCannotBeSaved() {
    let driver = ConsoleDriver(Size(width: 160, height: 40))
    driver.desk.editorOutcome = { .saved($0.replacing("Dear", with: "Hi"), file: "/tmp/f") }
    driver.desk.saveFailure = CallFailure("the disk is full")
    driver.press("r")
    driver.type("Dear Lena")
    driver.press("Ctrl-e")
    #expect(driver.status.contains("NOT SAVED"))
    #expect(driver.status.contains("the words are in /tmp/f"))
    #expect(driver.desk.removedFiles.isEmpty)
    driver.desk.saveFailure = nil
    driver.wait(milliseconds: 700)
    driver.wait(milliseconds: 700)
    #expect(driver.desk.removedFiles == ["/tmp/f"])
  }

  @Test func whatTheEditorDidWrongIsSaidWithTheWordsTaken() {
    let driver = typed {
      .saved($0.replacing("Dear", with: "Hi"), notes: ["$EDITOR was ended by signal 15"])
    }
    #expect(driver.status.contains("words taken; $EDITOR was ended by signal 15"))
    #expect(driver.state.composer?.editor.text == "Hi Lena")
  }

  @Test func aPasteThatDoesNotFitSaysHowMuchIsLeftOut() {
    let driver = ConsoleDriver(Size(width: 160, height: 40))
    driver.press("r")
    driver.press(.paste(String(repeating: "x", count: TextEditor.longestText + 123)))
    #expect(driver.status.contains("FULL: "))
    #expect(driver.status.contains("characters left out"))
    #expect(driver.state.composer?.editor.text.count ?? 0 <= TextEditor.longestText)
  }

  // Files to send along

  @Test func aPathIsCompletedWithTab() {
    let driver = ConsoleDriver()
    driver.desk.paths = ["/home/robin/fix.pdf", "/home/other/"]
    driver.press("r")
    driver.type("See the file")
    driver.press("Ctrl-x a")
    driver.type("/home/r")
    driver.press("Tab Enter")
    #expect(driver.screen.contains("1 file: fix.pdf"))
    #expect(driver.screen.contains("x detach"))
  }

  @Test func aFileThatTheHelpdeskWouldRefuseIsNotAttached() {
    let desk = FakeDesk()
    desk.account.attachmentLimit = 1000
    let driver = ConsoleDriver(Size(width: 160, height: 40), desk: desk)
    driver.press("r")
    driver.type("See the file")
    driver.press("Ctrl-x a")
    driver.type("/home/robin/fix.pdf")
    driver.press("Enter")
    #expect(driver.screen.contains("fix.pdf is too large, not attached"))
    #expect(!driver.screen.contains("1 file"))
  }

  // The start, and other replies

  @Test func aStartSaysWhatWasRecoveredAndWhatLeavesWhen() {
    let desk = FakeDesk()
    desk.items = [
      QueuedWrite(
        id: WriteID(7), ticketID: TicketID(48207),
        payload: .reply(
          ReplyContent(toEmail: "kt@heliotech.io", subject: "VPN", text: "Hi", html: "Hi")),
        state: .confirmed, createdAt: SampleDesk.now, updatedAt: SampleDesk.now,
        holdUntil: SampleDesk.now + 10)
    ]
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: desk)
    driver.queue.notify(.recovered([TicketID(48213)], []))
    #expect(
      driver.status.contains(
        "1 draft (#48213) recovered, 1 reply (#48207) leaves in 0:10 - u takes it back"))
    driver.press("u")
    #expect(desk.undone == [.write(WriteID(7))])
    #expect(!driver.status.contains("recovered"))
  }

  @Test func aStartWithNothingToSaySaysNothing() {
    let driver = ConsoleDriver()
    let before = driver.status
    driver.queue.notify(.recovered([], []))
    #expect(driver.status == before)
  }

  @Test func theReviewTellsOfAnotherReplyThatIsHeld() {
    let desk = FakeDesk()
    desk.items = [
      QueuedWrite(
        id: WriteID(7), ticketID: TicketID(48213),
        payload: .reply(
          ReplyContent(toEmail: "kt@heliotech.io", subject: "PDF", text: "Hi", html: "Hi")),
        state: .confirmed, createdAt: SampleDesk.now, updatedAt: SampleDesk.now,
        holdUntil: SampleDesk.now + 60)
    ]
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: desk)
    driver.press("r")
    driver.type("Hello")
    driver.press("Ctrl-x")
    #expect(driver.screen.contains("! another reply of yours to #48213 is held (0:5"))
    driver.press("Esc Esc")
    driver.press("c")
    driver.type("Note")
    driver.press("Ctrl-x")
    #expect(!driver.screen.contains("another reply of yours"))
  }
}
