import Testing

@testable import TicketConsole

@Suite struct JSONTextTests {
  @Test func keysKeepTheirOrder() {
    let document: JSONText = [
      "b": .integer(1), "a": .array([.null, .flag(true), .number(0.5)]), "c": .string("x"),
    ]
    #expect(document.rendered == #"{"b":1,"a":[null,true,0.5],"c":"x"}"#)
  }

  @Test func elementsOfADocumentStandOnTheirOwnLines() {
    #expect(JSONText.array([.integer(1), .integer(2)]).rendered == "[\n1,\n2\n]")
    #expect(JSONText.array([]).rendered == "[]")
  }

  @Test func nothingInItCanReachATerminalRaw() {
    let hostile = "\u{1B}[2J\u{0}\u{7}\u{9B}\u{202E}\u{2066}\u{2028}\"\\\n"
    let text = JSONText.string(hostile).rendered
    #expect(
      text == #""\u001b[2J\u0000\u0007\u009b\u202e\u2066\u2028\"\\\n""#)
  }

  @Test func numbersThatJSONDoesNotKnowAreNull() {
    #expect(JSONText.number(.infinity).rendered == "null")
  }
}
