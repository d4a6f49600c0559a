import Helpdesk
import Testing

@testable import Freshdesk

@Suite struct PayloadTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8)).root
  }

  @Test(arguments: [
    (#"{"source":0,"private":false,"incoming":false,"category":3}"#, ConversationKind.reply),
    (#"{"source":0,"private":false,"incoming":true}"#, .customer),
    (#"{"source":0,"private":false,"incoming":false,"category":1}"#, .customer),
    (#"{"source":2,"private":true,"incoming":false,"category":2}"#, .privateNote),
    (#"{"source":2,"private":"true","incoming":false}"#, .privateNote),
    (#"{"source":2,"private":true,"incoming":true,"category":1}"#, .privateNote),
    (#"{"source":0,"private":1}"#, .privateNote),
    (#"{"source":2,"category":2}"#, .privateNote),
    (#"{"source":2,"private":false,"incoming":false,"category":3}"#, .publicNote),
    (#"{"source":8,"private":true,"category":2}"#, .forward),
    (#"{"Source":8,"private":false}"#, .forward),
    (#"{"source":2,"private":true,"category":6}"#, .replyToForward),
    (#"{"source":6,"private":false,"incoming":true,"category":7}"#, .feedback),
    (#"{"source":5,"private":false,"category":3}"#, .reply),
    (#"{"source":5,"private":false}"#, .other),
    ("{}", .other),
  ])
  func theKindTellsWhoSpeaksToWhom(text: String, kind: ConversationKind) throws {
    #expect(ConversationKind(payload: try parse(text)) == kind)
  }

  @Test func nothingMarkedPrivateEverLooksPublic() throws {
    for source in -1...16 {
      for category in -1...9 {
        for incoming in ["true", "false", "null"] {
          let text =
            "{\"source\":\(source),\"category\":\(category),\"incoming\":\(incoming),"
            + "\"private\":true}"
          #expect(ConversationKind(payload: try parse(text)).isPrivate)
        }
      }
    }
  }

  @Test(arguments: [
    (#"["Question","Incident"]"#, ["Question=Question", "Incident=Incident"]),
    (#"{"Low":1,"Urgent":4}"#, ["1=Low", "4=Urgent"]),
    (#"{"2":["Open","Being Processed"],"12":["Custom"]}"#, ["2=Open", "12=Custom"]),
    (#"{"Europe":{"France":["Paris"]},"Asia":{}}"#, ["Europe=Europe", "Asia=Asia"]),
    (
      #"[{"id":1,"position":1,"value":"A","choices":[]},{"id":2,"value":"B","label":"Bee"}]"#,
      ["A=A", "B=Bee"]
    ),
    (#"{"Support":80000374718,"No group":null}"#, ["80000374718=Support", "No group=No group"]),
    ("null", []), ("[]", []), ("{}", []), ("7", []),
  ])
  func choicesComeInFiveShapes(text: String, choices: [String]) throws {
    let field = try #require(
      TicketField(payload: try parse("{\"id\":1,\"name\":\"f\",\"choices\":\(text)}")))
    #expect(field.choices.map { "\($0.value)=\($0.label)" } == choices)
  }

  @Test func aTicketWithOddTypesIsReadAllTheSame() throws {
    let text = #"""
      {"id":"80020350707","subject":null,"status":"12","priority":9,"source":"3","type":null,
       "requester_id":"5","responder_id":null,"company_id":7.0,"cc_emails":null,"tags":"one",
       "spam":"true","fr_escalated":1,"due_by":"2021-08-11 13:35:20","created_at":1628688920000,
       "custom_fields":{"cf_a":null,"cf_b":"x","cf_c":2.5,"cf_d":false,"cf_e":["p","q"]},
       "unheard_of":{"a":[{}]}}
      """#
    let ticket = try #require(Ticket(payload: try parse(text)))
    #expect(
      ticket
        == Ticket(
          id: TicketID(80_020_350_707), subject: "", status: TicketStatus(rawValue: 12),
          priority: .low, source: .phone, requesterID: ContactID(5), companyID: CompanyID(7),
          tags: ["one"], createdAt: Timestamp(1_628_688_920), updatedAt: Timestamp(1_628_688_920),
          dueAt: Timestamp(1_628_688_920), isFirstResponseOverdue: true, isSpam: true,
          customFields: [
            "cf_b": .text("x"), "cf_c": .number(2.5), "cf_d": .flag(false),
            "cf_e": .list(["p", "q"]),
          ]))
  }

  @Test func nothingButAnIdIsNeeded() throws {
    #expect(Ticket(payload: try parse("{\"id\":1}")) != nil)
    #expect(Ticket(payload: try parse("{\"subject\":\"x\"}")) == nil)
    #expect(
      Conversation(payload: try parse("{\"id\":1}"), of: TicketID(3))?.ticketID == TicketID(3))
    #expect(Agent(payload: try parse("{\"id\":1}"))?.name == "")
    #expect(Contact(payload: try parse("{\"id\":1}")) != nil)
    #expect(Company(payload: try parse("{\"id\":1}")) != nil)
    #expect(Ticket(payload: try parse("[1]")) == nil)
  }
}
