/// The signs of the screen and what they mean: one list for the help page and the manual.
public enum Legend {
  public struct Entry: Sendable {
    public var sign: String
    public var meaning: String
  }

  public static let entries: [Entry] = [
    Entry(sign: ">", meaning: "the cursor; in the outbox: held, can be undone"),
    Entry(sign: "+", meaning: "marked for a bulk change"),
    Entry(sign: "*", meaning: "unread: a customer message that you have not opened"),
    Entry(sign: "!", meaning: "overdue; in the outbox: conflict, the ticket changed"),
    Entry(sign: "d", meaning: "a draft of yours"),
    Entry(sign: "~", meaning: "your change, not yet confirmed by the helpdesk"),
    Entry(
      sign: "x", meaning: "the ticket has left the view; in the outbox: failed, not applied"),
    Entry(sign: "?", meaning: "in the outbox: outcome unknown; at a tab: not counted yet"),
    Entry(sign: "#", meaning: "a bar of these marks a private note; never quoted to a customer"),
    Entry(sign: "[1 Mine 7]", meaning: "the view that is shown, its key and its tickets"),
    Entry(sign: "SLA 1:07, -6d04", meaning: "hours and minutes, or days and hours, left or over"),
    Entry(sign: "SLA --, paused", meaning: "no target is known; the clock is stopped"),
    Entry(sign: "P", meaning: "priority: U urgent, H high, M medium, L low"),
    Entry(
      sign: "Stat Cust, 3rd",
      meaning: "waiting on customer, on third party; also Pend, Rslv resolved, Clsd closed"),
    Entry(sign: "Upd", meaning: "when it was changed last: a time of today, or a day"),
    Entry(sign: "FR, RS", meaning: "first response and resolution, due in"),
    Entry(sign: "NEW", meaning: "a message that you have not opened; v open, > folded"),
    Entry(sign: "*9+, 1000+", meaning: "more than 9 unread; at least 1000"),
    Entry(sign: "out 2 (0:10)", meaning: "open items of the outbox, and when the next is sent"),
    Entry(sign: "READ-ONLY", meaning: "nothing can be changed in this session"),
    Entry(sign: "y", meaning: "the only yes; Enter, Esc, n and q do nothing in a question"),
  ]
}
