import Freshdesk
import Testing

@Suite struct FreshdeskAddressTests {
  @Test(arguments: [
    ("acme", "https://acme.freshdesk.com"),
    ("  Acme \n", "https://acme.freshdesk.com"),
    ("acme.freshdesk.com", "https://acme.freshdesk.com"),
    ("https://acme.freshdesk.com/", "https://acme.freshdesk.com"),
    ("HTTPS://acme.freshdesk.com/a/tickets/7?x=1#y", "https://acme.freshdesk.com"),
    ("help.acme.example:8443", "https://help.acme.example:8443"),
    ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("http://localhost:8080/api/v2", "http://localhost:8080"),
    ("127.0.0.1:8080", "http://127.0.0.1:8080"),
    ("http://[::1]:80", "http://[::1]:80"),
    ("https://127.0.0.1:8443", "https://127.0.0.1:8443"),
  ])
  func whatPeopleTypeBecomesABaseAddress(text: String, base: String) throws {
    #expect(try FreshdeskAddress(parsing: text).baseURL == base)
  }

  @Test(arguments: [
    "http://acme.freshdesk.com", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
    "http://acme", "http://127.1", "http://0.0.0.0:80",
  ])
  func aKeyNeverTravelsUnencryptedToAnotherMachine(text: String) {
    let problem = #expect(throws: FreshdeskAddress.Problem.self) {
      try FreshdeskAddress(parsing: text)
    }
    if case .notEncrypted = problem { return }
    Issue.record("accepted or refused for another reason: \(String(describing: problem))")
  }

  @Test(arguments: [
    "acme freshdesk", "ac_me", "https://", "https:///x", "-acme", "acme-", "a..b",
    "acme.freshdesk.com:0", "acme:99999", "ftp://acme.freshdesk.com", "äcme", "a\u{0}b",
    "[::2]:80", "acme\r\nHost: evil",
  ])
  func anythingElseIsRefused(text: String) {
    #expect(throws: FreshdeskAddress.Problem.self) { try FreshdeskAddress(parsing: text) }
  }

  @Test func theReasonsAreClear() {
    #expect(throws: FreshdeskAddress.Problem.empty) { try FreshdeskAddress(parsing: " ") }
    #expect(throws: FreshdeskAddress.Problem.containsCredentials) {
      try FreshdeskAddress(parsing: "https://key:X@acme.freshdesk.com")
    }
    #expect(
      FreshdeskAddress.Problem.notEncrypted(host: "acme.freshdesk.com").explanation
        == "http would send the API key to acme.freshdesk.com unencrypted; use https")
  }

  @Test func aKeyShowsItselfToNobody() throws {
    let key = try #require(APIKey(" s3cret\n"))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] { #expect(!text.contains("s3cret")) }
    #expect(APIKey("") == nil)
    #expect(APIKey("a b") == nil)
    #expect(APIKey("a\u{7F}b") == nil)
    #expect(APIKey("schlüssel") == nil)
  }
}
