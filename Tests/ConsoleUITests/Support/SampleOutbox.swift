import ConsoleModel
import ConsoleUI
import Helpdesk

/// An outbox with every state that a person can meet, and two drafts.
enum SampleOutbox {
  static func desk() -> FakeDesk {
    let desk = FakeDesk()
    let now = SampleDesk.now
    func reply(_ to: String, _ text: String) -> WritePayload {
      .reply(
        ReplyContent(
          toEmail: to, ccEmails: to.hasPrefix("kt") ? ["it-lead@heliotech.io"] : [],
          subject: "Re: Order 77120 arrived damaged", text: text, html: "<p>\(text)</p>"))
    }
    func item(
      _ id: Int64, _ ticket: Int64, _ payload: WritePayload, _ state: WriteState,
      age: Int64, attempts: Int = 0
    ) -> QueuedWrite {
      QueuedWrite(
        id: WriteID(id), ticketID: TicketID(ticket), payload: payload, state: state,
        attempts: attempts, createdAt: now + -age, updatedAt: now)
    }
    var held = item(1, 48207, reply("kt@heliotech.io", "Hi Kenji,"), .confirmed, age: 2)
    held.holdUntil = now + 8
    let status = item(
      2, 48190,
      .update(
        UpdateContent(
          subject: "Billing contact", change: TicketChange(status: .pending),
          before: TicketChange(status: .open))), .sending, age: 3, attempts: 1)
    var stopped = item(
      3, 48198,
      reply("orders@bistro-nord.example", "We are sorry.\nWe will ship a replacement today."),
      .conflicted, age: 401)
    stopped.problem = "1 new message"
    var waiting = item(
      4, 48171,
      .privateNote(
        NoteContent(subject: "API", text: "Ask the platform team.", html: "<p>Ask</p>")),
      .queued, age: 552, attempts: 2)
    waiting.waitingFor = .offline
    var failed = item(
      5, 48160,
      .update(
        UpdateContent(
          subject: "Bounce", change: TicketChange(agentID: .some(AgentID(2))),
          before: TicketChange(agentID: .some(nil)))), .failed, age: 1865, attempts: 3)
    failed.problem = "your agent has no right to do this"
    var unknown = item(6, 48152, reply("y@shop.example", "It is fixed."), .unknown, age: 90)
    unknown.attempts = 1
    desk.items = [held, status, stopped, waiting, failed, unknown]
    desk.itemDetails[stopped.id] = OutboxItem(
      write: stopped,
      history: [
        .init(at: now + -1080, words: "draft"), .init(at: now + -660, words: "queued by you"),
        .init(at: now + -650, words: "check: 1 new message -> stopped"),
      ],
      newWords: [
        .init(
          at: now + -360, author: "customer",
          text: "Forget it, the second parcel came. Please only refund the first one.")
      ])
    desk.drafts = [
      Draft(
        ticketID: TicketID(48213), kind: .reply, text: "Dear Lena,\nplease try the new export.",
        updatedAt: now + -60),
      Draft(
        ticketID: TicketID(48171), kind: .privateNote, text: "Check the rate limit first.",
        updatedAt: now + -90_000),
    ]
    return desk
  }
}
