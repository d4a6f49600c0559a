import MailText
import Testing

@Suite struct PunycodeTests {
  /// From RFC 3492 and the registries' own examples.
  @Test(arguments: [
    ("bücher.example", "xn--bcher-kva.example"), ("münchen.de", "xn--mnchen-3ya.de"),
    ("пример.рф", "xn--e1afmkfd.xn--p1ai"), ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
    ("plain.example", "plain.example"), ("аррӏе.com", "xn--80ak6aa92e.com"),
  ]) func aDomainIsWrittenForMachinesAndReadBack(shown: String, ascii: String) {
    #expect(Punycode.ascii(domain: shown) == ascii)
    #expect(Punycode.unicode(domain: ascii) == shown)
  }

  @Test(arguments: ["xn--", "xn--a-", "xn--\u{7F}", "xn--99999999999", "xn--zzzzzzzzzzzzzzzzzzzz"])
  func nonsenseStaysAsItIs(label: String) {
    #expect(Punycode.unicode(domain: label).isEmpty == false)
  }
}

@Suite struct LookAlikeTests {
  @Test(arguments: [
    ("heliotech.io", "he1iotech.io"), ("heliotech.io", "heIiotech.io"),
    ("microsoft.com", "rnicrosoft.com"), ("paypal.com", "раураl.com"), ("google.com", "g00gle.com"),
    ("apple.com", "аррӏе.com"), ("acme.example", "acmé.example"), ("web.example", "vveb.example"),
  ]) func namesThatLookTheSameHaveOneSkeleton(name: String, other: String) {
    #expect(LookAlike.skeleton(name) == LookAlike.skeleton(other))
  }

  @Test(arguments: ["heliotech.io", "acme.example", "例え.jp", "пример.рф", "bücher.example"])
  func aNameIsItsOwnSkeletonOnlyForItself(name: String) {
    #expect(LookAlike.skeleton(name) != LookAlike.skeleton("other.example"))
  }

  @Test func mixturesThatNoLanguageWritesAreFound() {
    #expect(LookAlike.suspiciousMixture(in: "pаypal") == [.latin, .cyrillic])
    #expect(LookAlike.suspiciousMixture(in: "gοοgle") == [.latin, .greek])
    #expect(LookAlike.suspiciousMixture(in: "ｐaypal") == [.unusual, .latin])
    for plain in ["paypal", "josé", "例えtest", "пример", "a-1", "東京タワー", "νέα"] {
      #expect(LookAlike.suspiciousMixture(in: plain) == nil, "\(plain)")
    }
  }

  @Test func wordsWithoutALatinLetterMayLookLatin() {
    #expect(LookAlike.looksLatin("соса") == .cyrillic)
    #expect(LookAlike.looksLatin("пример") == nil)
    #expect(LookAlike.looksLatin("coca") == nil)
  }
}

@Suite struct AddressCheckTests {
  private func findings(_ address: String) -> [NameFinding] {
    AddressCheck.findings(
      of: address, knownAddresses: ["kt@heliotech.io", "billing@acme.example"],
      knownDomains: ["heliotech.io", "acme.example"])
  }

  @Test func anHonestAddressHasNoFinding() {
    for address in ["kt@heliotech.io", "new.person@heliotech.io", "someone@elsewhere.example"] {
      #expect(findings(address) == [], "\(address)")
    }
  }

  @Test func aDomainThatLooksLikeAKnownOneIsNamedWithIt() {
    #expect(
      findings("kt@he1iotech.io") == [.looksLike(part: "he1iotech.io", known: "heliotech.io")])
  }

  @Test func aNameThatLooksLikeAKnownOneInTheSameHouseIsNamedWithIt() {
    #expect(
      findings("bi11ing@acme.example")
        == [.looksLike(part: "bi11ing@acme.example", known: "billing@acme.example")])
  }

  @Test func mixedLettersAndTheFormForMachinesAreShown() {
    let found = findings("kt@hеliotech.io")
    #expect(found.contains(.mixedScripts(part: "hеliotech", [.latin, .cyrillic])))
    #expect(found.contains(.looksLike(part: "hеliotech.io", known: "heliotech.io")))
    #expect(
      found.contains {
        if case .otherLetters(_, let ascii) = $0 { ascii.hasPrefix("xn--") } else { false }
      })
  }

  @Test func anAsciiFormIsReadLikeTheLettersItStandsFor() {
    #expect(
      AddressCheck.host("xn--80ak6aa92e.com", known: ["apple.com"])
        == [
          .looksLatin(part: "аррӏе", .cyrillic),
          .otherLetters(shown: "аррӏе.com", ascii: "xn--80ak6aa92e.com"),
          .looksLike(part: "xn--80ak6aa92e.com", known: "apple.com"),
        ])
  }

  @Test func invisibleCharactersAreFound() {
    #expect(findings("k\u{200B}t@heliotech.io").contains(.invisible(part: "k\u{200B}t")))
    #expect(findings("kt\u{202E}@heliotech.io").contains(.invisible(part: "kt\u{202E}")))
  }
}

@Suite struct PlainLinkTests {
  @Test(arguments: [
    ("see www.bank.example <https://evil.example/x>", "evil.example", "bank.example"),
    ("[https://bank.example](https://evil.example)", "evil.example", "bank.example"),
    ("bank.example (https://evil.example)", "evil.example", "bank.example"),
    ("https://bank.example@evil.example/login", "evil.example", "bank.example"),
    ("go to \"bank.example\" <http://evil.example>.", "evil.example", "bank.example"),
  ]) func anotherTargetIsNamedWithWhatTheWordsClaim(text: String, host: String, claimed: String) {
    let links = PlainLink.links(in: text)
    #expect(links.map(\.host) == [host])
    #expect(links.map(\.claimed) == [claimed])
  }

  @Test(arguments: [
    "https://bank.example/a?b=c", "our page <https://bank.example>",
    "bank.example <https://www.bank.example/login>", "[bank.example](https://help.bank.example)",
    "read https://bank.example. Then https://acme.example!",
  ]) func honestLinksClaimNothingElse(text: String) {
    let links = PlainLink.links(in: text)
    #expect(!links.isEmpty)
    #expect(links.allSatisfy { $0.claimed == nil })
  }

  @Test func quotedLinesAreNotThePersonsOwn() {
    #expect(PlainLink.links(in: "> bank.example <https://evil.example>\nno link") == [])
  }

  @Test func aHugeLineOfTargetsIsBounded() {
    let text = String(repeating: "https://a.example ", count: 50_000)
    #expect(PlainLink.links(in: text).count == 1)
  }
}
