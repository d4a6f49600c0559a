import ConsoleModel
import Helpdesk
import Testing

/// Who a reply goes to by itself.
@Suite struct ReplyRecipientsTests {
  private let now = CacheFixture.noon

  private func recipients(
    cc: [String], replyCc: [String]? = nil, thread: [Conversation] = [],
    _ change: (inout Ticket) -> Void = { _ in }
  ) async throws -> ReplyRecipients {
    let fixture = try CacheFixture()
    try await fixture.store.save(
      me: Agent(id: AgentID(7), name: "Robin", email: "robin@desk.example"))
    try await fixture.store.save(mailboxes: ["Sales <sales@desk.example>"])
    try await fixture.store.save(contacts: [
      Contact(
        id: ContactID(1), name: "Ada Fox", email: "ada@fox.example",
        otherEmails: ["ada@home.example"], createdAt: Timestamp(now), updatedAt: Timestamp(now))
    ])
    var ticket = Ticket.sample(1)
    ticket.ccEmails = cc
    ticket.replyCcEmails = replyCc
    ticket.supportEmails = ["support@desk.example"]
    change(&ticket)
    try await fixture.store.saveThread(of: ticket, conversations: thread)
    return ReplyRecipients(for: try #require(try fixture.reader().detail(TicketID(1))))
  }

  private func entry(
    _ id: Int64, _ kind: ConversationKind, to: [String] = [], cc: [String] = [],
    from: String? = nil
  ) -> Conversation {
    var entry = Conversation.sample(id, on: 1, at: now + id)
    entry.kind = kind
    entry.toEmails = to
    entry.ccEmails = cc
    entry.fromEmail = from
    return entry
  }

  @Test func ownMailboxesOneselfAndTheRequesterGetNoCopy() async throws {
    let found = try await recipients(cc: [
      "support@desk.example", "Robin@Desk.example", "Ada@Fox.example", "ada@home.example",
      "\"Sales, all\" <SALES@desk.example>", "Carol <carol@y.example>", "CAROL@Y.example",
      "no address at all",
    ])
    #expect(found == ReplyRecipients(to: "ada@fox.example", cc: ["carol@y.example"]))
  }

  @Test func theMailboxThatAnsweredIsOwnToo() async throws {
    let found = try await recipients(
      cc: [],
      thread: [
        entry(101, .reply, cc: ["carol@y.example"], from: "Help <help@brand.example>"),
        entry(102, .customer, to: ["help@brand.example"], cc: ["dora@y.example"]),
      ])
    #expect(found.cc == ["carol@y.example", "dora@y.example"])
  }

  @Test func whomAColleagueTookOutDoesNotComeBack() async throws {
    let thread = [
      entry(101, .customer, cc: ["boss@fox.example", "carol@y.example"]),
      entry(102, .reply, cc: ["carol@y.example"]),
    ]
    let cc = ["boss@fox.example", "carol@y.example"]
    let found = try await recipients(cc: cc, replyCc: ["carol@y.example"], thread: thread)
    #expect(found.cc == ["carol@y.example"])
    // Before the first reply all of the ticket's copies count.
    #expect(try await recipients(cc: cc, replyCc: []).cc == cc)
  }

  @Test(arguments: [
    ("a@x.example b@y.example", ["a@x.example", "b@y.example"]),
    ("a@x.example,b@y.example; c@z.example", ["a@x.example", "b@y.example", "c@z.example"]),
    ("\"Fox, Ada\" <ada@x.example>, Bob <b@y.example>", ["ada@x.example", "b@y.example"]),
    ("Ada Fox <ada@x.example>", ["ada@x.example"]),
    ("ada@x.example <ada@x.example>", ["ada@x.example"]),
    ("a@x.example Bob <b@y.example>", ["a@x.example", "b@y.example"]),
    ("ada@x.example (Ada (home))", ["ada@x.example"]),
    ("\"quote \\\" in, it\" <q@x.example>", ["q@x.example"]),
    ("", []), (" , ; ", []),
  ])
  func listsOfAddressesAreReadAsMailHeadersAre(text: String, addresses: [String]) throws {
    #expect(try EmailAddress.list(text).map(\.address) == addresses)
  }

  @Test(arguments: ["tom", "Tom <tom>", "a@b", "a@@x.example", "<a@x.example", "@x.example", "a b"])
  func whatIsNoAddressIsNamed(text: String) {
    if text == "<a@x.example" {
      #expect((try? EmailAddress.list(text).map(\.address)) == ["a@x.example"])
    } else {
      #expect(throws: EmailAddress.Problem.self) { try EmailAddress.list(text) }
    }
  }
}
