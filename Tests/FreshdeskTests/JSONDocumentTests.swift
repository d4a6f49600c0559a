import Helpdesk
import Testing

@testable import Freshdesk

@Suite struct JSONDocumentTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONDocument(parsing: Array(text.utf8)).root
  }

  @Test func membersAreFoundInAnyOrderAndDepth() throws {
    let root = try parse(" {\"a\": {\"b\": [1, null, {\"c\": \"x\"}]}, \"d\": true}\n")
    #expect(root["d"]?.flag == true)
    #expect(root["a"]?["b"]?.elements.count == 2)
    #expect(root["a"]?["b"]?.elements.last?["c"]?.string == "x")
    #expect(root["nothing"] == nil)
    #expect(root.members.map(\.key) == ["a", "d"])
  }

  @Test(arguments: [
    ("42", Int64(42)), ("\"80020350707\"", 80_020_350_707), ("100.0", 100), ("1e3", 1000),
    ("-7", -7), ("9223372036854775807", .max), ("true", 1), ("null", nil), ("\"x\"", nil),
    ("1e300", nil), ("[]", nil), ("-", nil),
  ])
  func wholeNumbersAreReadFromWhatIsThere(text: String, number: Int64?) throws {
    #expect(try parse("[\(text),0]").elements.first { $0.integer != 0 }?.integer == number)
  }

  @Test(arguments: [
    (#""a\"b\\c\/d\n""#, "a\"b\\c/d\n"), (#""\u00e9\u4e2d""#, "é中"),
    (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d""#, "\u{FFFD}"), (#""\udc00x""#, "\u{FFFD}x"),
    (#""\ud83dA""#, "\u{FFFD}A"), (#""\uZZ""#, "\u{FFFD}ZZ"), (#""\u0000""#, "\u{0}"),
    ("\"tab\tand\nline\"", "tab\tand\nline"),
  ])
  func stringsAreUnescaped(text: String, value: String) throws {
    #expect(try parse(text).string == value)
  }

  @Test(arguments: ["1e999", "-1e999", "\"inf\"", "\"nan\""])
  func whatIsTooLargeForANumberIsNone(text: String) throws {
    #expect(try parse("[\(text),0]").elements.first?.double == nil)
  }

  @Test func brokenUTF8IsRepaired() throws {
    let document = try JSONDocument(parsing: [0x22, 0x61, 0xFF, 0xC3, 0x22])
    #expect(document.root.string == "a\u{FFFD}\u{FFFD}")
  }

  @Test func momentsAreReadInAllTheVendorsForms() throws {
    let moment = Timestamp(1_628_688_920)
    for text in [
      "\"2021-08-11T13:35:20Z\"", "\"2021-08-11T13:35:20.239Z\"", "\"2021-08-11 13:35:20\"",
      "\"2021-08-11T19:05:20+05:30\"", "1628688920", "1628688920123",
    ] {
      #expect(try parse(text).time == moment)
    }
    #expect(try parse("\"soon\"").time == nil)
  }

  @Test(arguments: [
    "", " ", "<html>", "{", "[1", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[1 2]", "tru",
    "nul", "\"open", "\"\\", "1]", "{} {}", "{1:2}", "{\"a\" 1}", "'a'",
  ])
  func anythingElseIsNotJSON(text: String) {
    #expect(throws: JSONDocument.Problem.self) { try parse(text) }
  }

  @Test func nestingIsBounded() throws {
    let deepest = JSONDocument.maximumDepth
    let fine = String(repeating: "[", count: deepest) + String(repeating: "]", count: deepest)
    #expect(try parse(fine).kind == .array)
    #expect(throws: JSONDocument.Problem.tooDeep) {
      try parse(String(repeating: "[", count: 1_000_000))
    }
  }

  @Test func everyPrefixAndEveryDamagedByteIsReadOrRefused() throws {
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",null,true,{"b":false}],"c":"é"}"#.utf8)
    for end in text.indices {
      #expect(throws: JSONDocument.Problem.self) { try JSONDocument(parsing: Array(text[..<end])) }
    }
    for index in text.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = text
        damaged[index] = byte
        guard let root = try? JSONDocument(parsing: damaged).root else { continue }
        walk(root)
      }
    }
  }

  private func walk(_ value: JSONValue) {
    _ = (value.string, value.integer, value.double, value.flag, value.time, value.strings)
    for element in value.elements { walk(element) }
    for member in value.members { walk(member.value) }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    var writer = JSONObjectWriter()
    let text = "quote \" slash \\ line\nreturn\r tab\t bell\u{7} nul\u{0} é 😀 </script>"
    writer.set("text", text)
    writer.set("list", [text, ""])
    writer.set("number", Int64.min)
    writer.set("flag", true)
    writer.setNull("none")
    let root = try JSONDocument(parsing: writer.finished).root
    #expect(root["text"]?.string == text)
    #expect(root["list"]?.strings == [text, ""])
    #expect(root["number"]?.integer == .min)
    #expect(root["flag"]?.flag == true)
    #expect(root.members.map(\.key) == ["text", "list", "number", "flag", "none"])
    #expect(root.members.last?.value.kind == .null)
  }
}
