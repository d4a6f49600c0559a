import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

/// Where the recorded answers are, when they are there.
enum RecordedAnswers {
  static let folder = TestFiles.folder("../shared/fixtures/zammad__zammad/extracted_bodies")
}

/// The sandbox's answers beside answers recorded from the real service.
@Suite(
  "Shapes of the real service",
  .enabled("the recorded answers are not here") { RecordedAnswers.folder != nil })
struct RecordedShapeTests {
  private func recorded(_ name: String) throws -> JSONValue {
    let folder = try #require(RecordedAnswers.folder)
    let bytes = try #require(TestFiles.read("\(folder)/\(name).json"))
    return try #require(JSONParser.parse(bytes))
  }

  /// Every key of the recording is there, with a value of a kind that the recording has somewhere,
  /// or null.
  private func compare(
    _ ours: JSONValue, _ theirs: JSONValue, but missing: Set<String> = [],
    _ location: SourceLocation = #_sourceLocation
  ) {
    let samples = (theirs.array ?? [theirs]).compactMap(\.object)
    for object in (ours.array ?? [ours]).compactMap(\.object) {
      for sample in samples {
        for key in sample.keys where !missing.contains(key) {
          #expect(object[key] != nil, "\(key)", sourceLocation: location)
          let kinds = Set(samples.compactMap { $0[key]?.typeName }).subtracting(["Null"])
          guard let kind = object[key]?.typeName, kind != "Null", !kinds.isEmpty else { continue }
          #expect(kinds.contains(kind), "\(key): \(kind), \(kinds)", sourceLocation: location)
        }
      }
    }
  }

  @Test func listsHaveTheRecordedKeys() throws {
    let sandbox = try SandboxFixture(tickets: 60)
    compare(try sandbox.json("GET", "/agents/me"), try recorded("agents_me"))
    compare(try sandbox.json("GET", "/agents"), try recorded("agents"))
    compare(try sandbox.json("GET", "/groups"), try recorded("groups"))
    compare(try sandbox.json("GET", "/companies"), try recorded("companies"))
    compare(
      try sandbox.json("GET", "/contacts"), try recorded("contacts"), but: ["other_companies"])
  }

  @Test func ticketsAndThreadsHaveTheRecordedKeys() throws {
    let sandbox = try SandboxFixture(tickets: 60)
    for number in 1...13 {
      let path = "/tickets/\(number + 20)"
      compare(try sandbox.json("GET", path), try recorded("tickets_\(number)"))
      compare(
        try sandbox.json("GET", path + "/conversations"),
        try recorded("tickets_\(number)_conversations"))
    }
  }

  @Test func ticketFieldsHaveTheRecordedNamesAndTypes() throws {
    let sandbox = try SandboxFixture(tickets: 1)
    let ours = try sandbox.json("GET", "/ticket_fields")
    let theirs = try recorded("ticket_fields")
    let pairs = { (fields: JSONValue) in
      Set(
        (fields.array ?? []).filter { $0["default"] == true }
          .map { "\($0["name"]?.string ?? "") \($0["type"]?.string ?? "")" })
    }
    #expect(pairs(theirs).isSubset(of: pairs(ours)), "\(pairs(theirs).subtracting(pairs(ours)))")
  }
}
