import Testing

@testable import ConsoleModel

@Suite("Greeting") struct GreetingTests {
  @Test(arguments: [
    ("Dear Felix, your refund was sent.", "Felix"), ("\n\n  Hi Maya!\nthanks", "Maya"),
    ("Good morning Mrs. O'Neill,", "O'Neill"), ("Sehr geehrte Frau Müller", "Müller"),
    ("Bonjour Jean-Luc,", "Jean-Luc"), ("Здравствуйте, Олег!", "Олег"), ("Hello Dr Chen -", "Chen"),
  ])
  func aGreetingNamesSomebody(_ text: String, _ name: String) {
    #expect(Greeting(text)?.name == name)
  }

  @Test(arguments: [
    "", "Dear customer,", "Hi there!", "Hello everyone", "Dear all", "Hi, your order left today.",
    "Felix, your refund was sent.", "Dear Sir or Madam", "Hello 4711", "Good news: it works again.",
    "Dear {{ticket.requester.firstname}},", "Liebe Kundin", "\u{1B}[31mDear Felix",
  ])
  func othersNameNobody(_ text: String) {
    #expect(Greeting(text) == nil)
  }

  @Test(arguments: [
    ("Daniel", true), ("Dan", true), ("daniel", true), ("Clair", true), ("St", true),
    ("Felix", false), ("Danial", false), ("Da", false),
  ])
  func aNameFitsWhenItIsAPartOrAShortForm(_ name: String, _ fits: Bool) throws {
    let greeting = try #require(Greeting("Hi \(name.prefix(1).uppercased() + name.dropFirst()),"))
    #expect(greeting.fits(names: ["Daniel St. Clair"], addresses: ["d.c@example.com"]) == fits)
  }

  @Test func accentsAndLongerFormsAreTheSameName() throws {
    #expect(try #require(Greeting("Hola José")).fits(names: ["Jose Hall"], addresses: []))
    #expect(try #require(Greeting("Hi Daniela")).fits(names: ["Dani"], addresses: []))
  }

  @Test func aRecipientIsKnownByTheAddress() throws {
    let greeting = try #require(Greeting("Hi Maya"))
    #expect(greeting.fits(names: ["Accounts"], addresses: ["maya.vdb@example.com"]))
    #expect(!greeting.fits(names: ["Accounts"], addresses: ["office@maya.example"]))
  }

  @Test func namesOfAnotherScriptAreNotCompared() throws {
    let greeting = try #require(Greeting("Dear Aoi"))
    #expect(greeting.fits(names: ["青空 葵"], addresses: ["1234@example.jp"]))
    #expect(greeting.fits(names: ["青空 葵"], addresses: ["k.aozora@example.jp"]))
  }
}
