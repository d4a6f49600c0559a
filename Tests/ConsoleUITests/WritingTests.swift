import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

@Suite struct WritingTests {
  private func reply(_ driver: ConsoleDriver, _ text: String = "Dear Lena") {
    driver.press("r")
    driver.type(text)
  }

  private func replies(_ desk: FakeDesk) -> [(TicketID, ReplyContent)] {
    desk.submissions.compactMap {
      if case .reply(let id, let reply) = $0 { (id, reply) } else { nil }
    }
  }

  @Test func aDraftIsSavedWithinASecondOfTheLastWord() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.runtime.send(.key(.character("H")))
    driver.runtime.send(.key(.character("i")))
    #expect(driver.desk.drafts.isEmpty)
    #expect(driver.runtime.nextTick == driver.state.now.after(600))
    driver.wait(milliseconds: 600)
    #expect(driver.desk.drafts.map(\.text) == ["Hi"])
    #expect(driver.status.contains("draft saved"))
  }

  @Test(arguments: [-3_600_000, 3_600_000])
  func aClockThatIsSetNeitherDelaysADraftNorOpensAQuestion(step: Int64) {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.runtime.send(.key(.character("H")))
    driver.setClock(by: step)
    driver.wait(milliseconds: 500)
    #expect(driver.desk.drafts.isEmpty)
    driver.wait(milliseconds: 100)
    #expect(driver.desk.drafts.map(\.text) == ["H"])

    driver.runtime.send(.key(.control("x")))
    driver.settle()
    driver.setClock(by: step)
    driver.runtime.send(.key(.character("y")))
    #expect(driver.status.contains("too early - press y again"))
    driver.wait(milliseconds: 400)
    driver.press("y")
    #expect(replies(driver.desk).map(\.1.text) == ["H"])
  }

  @Test func escKeepsTheDraftAndEResumesIt() {
    let driver = ConsoleDriver()
    reply(driver)
    driver.press(.escape)
    #expect(driver.state.composer == nil)
    #expect(driver.status.contains("kept"))
    #expect(driver.desk.drafts.map(\.text) == ["Dear Lena"])
    driver.press("e")
    #expect(driver.state.composer?.editor.text == "Dear Lena")
  }

  @Test func typedAheadWordsGoIntoTheEditor() {
    let driver = ConsoleDriver()
    // All in one breath, before any frame: down, reply, words.
    for key in ["j", "r", "H", "i"] { driver.runtime.send(.key(.character(Character(key)))) }
    #expect(driver.state.composer?.ticketID == TicketID(48207))
    #expect(driver.state.composer?.editor.text == "Hi")
  }

  @Test func yQueuesExactlyTheShownWords() {
    let driver = ConsoleDriver()
    driver.select(48207)
    reply(driver, "Hi <Kenji> & co.\nBye")
    driver.press("Ctrl-x s 2 y")
    let sent = replies(driver.desk)
    #expect(sent.count == 1)
    #expect(sent.first?.0 == TicketID(48207))
    let content = sent.first?.1
    #expect(content?.text == "Hi <Kenji> & co.\nBye")
    #expect(content?.html.contains("&lt;Kenji&gt; &amp; co.") == true)
    #expect(content?.toEmail == "kt@heliotech.io")
    #expect(content?.ccEmails == ["it-lead@heliotech.io"])
    #expect(content?.thenStatus == .pending)
    #expect(content?.seenConversationID == ConversationID(104))
    #expect(driver.status.contains("u takes it back"))
    #expect(driver.desk.drafts.isEmpty)
  }

  @Test func theTicketIsFixedWhenTheDraftBegins() {
    let driver = ConsoleDriver()
    driver.select(48198)
    reply(driver, "For the bistro")
    driver.desk.rows.removeAll { $0.id == TicketID(48198) }
    driver.queue.notify(.cacheChanged)
    driver.settle()
    driver.press("Ctrl-x y")
    #expect(replies(driver.desk).map(\.0) == [TicketID(48198)])
  }

  @Test func uTakesTheReplyBackAsItsDraft() {
    let driver = ConsoleDriver()
    reply(driver)
    driver.press("Ctrl-x y u")
    #expect(driver.desk.undone.count == 1)
    #expect(driver.desk.drafts.map(\.text) == ["Dear Lena"])
    #expect(driver.status.contains("taken back, open in the editor"))
    #expect(driver.state.composer?.editor.text == "Dear Lena")
  }

  @Test func aFailedSubmissionGivesTheWordsBack() {
    let driver = ConsoleDriver()
    driver.desk.submitFailure = CallFailure("The disk is full; nothing was queued.")
    reply(driver)
    driver.press("Ctrl-x y")
    #expect(driver.state.composer?.editor.text == "Dear Lena")
    #expect(driver.status.contains("The disk is full"))
  }

  @Test func theReviewFlagsOutsideAndNewRecipients() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.desk.editorOutcome = { text in
      .saved(
        text.replacing("Cc: it-lead@heliotech.io", with: "Cc: it-lead@heliotech.io, x@evil.example")
      )
    }
    driver.select(48207)
    reply(driver, "Hello")
    driver.press("Ctrl-e Ctrl-x")
    #expect(driver.screen.contains("x@evil.example (outside, NEW)"))
    #expect(driver.screen.contains("Not in the thread before: x@evil.example"))
  }

  @Test func theReviewShowsWhatIsNewAndLReadsIt() {
    let driver = ConsoleDriver()
    driver.select(48207)
    reply(driver, "Hello")
    driver.desk.details[TicketID(48207)]?.entries.append(
      ThreadEntry(
        id: ConversationID(105), kind: .customer, authorID: 7, authorName: "K. Tanaka",
        createdAt: SampleDesk.now, text: "Wait, it works again.", isNew: true))
    driver.queue.notify(.ticketChanged)
    driver.settle()
    driver.press("Ctrl-x")
    #expect(driver.screen.contains("New since you began: 1 customer reply at 14:09"))
    driver.press("l")
    #expect(driver.screen.contains("Wait, it works again."))
    driver.press("Esc y")
    #expect(replies(driver.desk).first?.1.seenConversationID == ConversationID(105))
  }

  @Test func aPlaceholderThatIsLeftStopsTheReview() {
    let driver = ConsoleDriver()
    driver.press("r Ctrl-o")
    driver.type("refund")
    driver.press("Enter Ctrl-x")
    #expect(driver.screen.contains("{{refund.number}} is not filled in"))
    driver.press("y")
    #expect(driver.desk.submissions.isEmpty && driver.state.place == .review)
  }

  @Test func cannedTextIsFilledFromTheTicket() {
    let driver = ConsoleDriver()
    driver.press("r Ctrl-o Enter")
    #expect(driver.state.composer?.editor.text == "Hello Kenji,\nplease send us the log.")
  }

  @Test func aNewReplyBeginsAboveTheSignature() {
    let driver = ConsoleDriver(settings: ConsoleSettings(signature: "Robin\nSupport"))
    reply(driver, "It works again.")
    driver.press("Ctrl-x")
    driver.press("y")
    #expect(replies(driver.desk).first?.1.text == "It works again.\n\nRobin\nSupport")
  }

  @Test func aSignatureAloneIsNothingWritten() {
    let driver = ConsoleDriver(settings: ConsoleSettings(signature: "Robin"))
    driver.press("r Ctrl-x")
    #expect(driver.status.contains("there are no words yet"))
    driver.press("x Backspace")
    driver.wait(milliseconds: 600)
    driver.press("Esc")
    #expect(driver.status.contains("nothing was written"))
    #expect(driver.desk.drafts.isEmpty)
  }

  @Test func aPrivateNoteHasNoSignature() {
    let driver = ConsoleDriver(settings: ConsoleSettings(signature: "Robin"))
    driver.press("c")
    #expect(driver.state.composer?.editor.text == "")
  }

  @Test func aMissingAttachmentIsNotWarnedOfWhenSwitchedOff() {
    let driver = ConsoleDriver(settings: ConsoleSettings(warnsOfMissingAttachment: false))
    reply(driver, "See the attached file")
    driver.press("Ctrl-x")
    #expect(!driver.screen.contains("NO FILE"))
    driver.type("a/home/robin/fix.pdf\n")
    #expect(driver.screen.contains("1 file attached - ok"))
  }

  @Test func attachmentsAreNamedAndMissingOnesWarned() {
    let driver = ConsoleDriver()
    reply(driver, "See the attached file")
    driver.press("Ctrl-x")
    #expect(driver.screen.contains("NO FILE IS ATTACHED"))
    driver.type("a/home/robin/fix.pdf\n")
    #expect(driver.screen.contains("1 file attached - ok"))
    #expect(driver.screen.contains("fix.pdf 90 KB"))
    driver.type("a/nowhere\n")
    #expect(driver.screen.contains("/nowhere cannot be read"))
    // The prompt is still open: what is typed to correct the path does not reach the review.
    driver.type("y")
    #expect(replies(driver.desk).isEmpty)
    driver.press("Esc")
    driver.wait(milliseconds: 1000)
    driver.press("y")
    #expect(replies(driver.desk).first?.1.attachments.map(\.path) == ["/home/robin/fix.pdf"])
  }

  @Test func aWindowTooSmallForTheReviewSendsNothing() {
    let driver = ConsoleDriver(Size(width: 30, height: 8))
    reply(driver, "Hello, see the attached file")
    driver.press("Ctrl-x y")
    #expect(driver.desk.submissions.isEmpty)
    #expect(driver.state.place == .review)
  }

  @Test func readOnlyModeKeepsEveryWriteAway() {
    let desk = FakeDesk()
    desk.account.isReadOnly = true
    let driver = ConsoleDriver(desk: desk)
    for key in ["r", "c", "a", "A", "s", "d", "p", "t", "T", "e", "u", "$"] {
      driver.press(key)
      #expect(driver.status.contains("read-only mode"), "\(key)")
    }
    driver.type(":assign maria\n")
    #expect(driver.desk.submissions.isEmpty && driver.state.composer == nil)
  }

  @Test func quittingSavesTheWordsFirst() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.runtime.send(.key(.character("x")))
    driver.runtime.send(.notice(.endRequested))
    #expect(!driver.runtime.isFinished)
    driver.runtime.drain()
    #expect(driver.runtime.isFinished)
    #expect(driver.desk.drafts.map(\.text) == ["x"])
  }
}
