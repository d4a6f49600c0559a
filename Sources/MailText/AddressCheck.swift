/// What a look at a mail address or a host shows that its letters hide.
public enum NameFinding: Hashable, Sendable {
  /// Letters of scripts that no language mixes: "Latin", "Cyrillic".
  case mixedScripts(part: String, [LookAlike.Script])
  /// No letter of it is Latin, and all of them look so.
  case looksLatin(part: String, LookAlike.Script)
  /// It can be taken for a name that is known.
  case looksLike(part: String, known: String)
  /// A domain with letters beyond ASCII, and what machines see.
  case otherLetters(shown: String, ascii: String)
  /// It holds characters that cannot be seen.
  case invisible(part: String)
}

/// Looks at addresses for letters that make them look like others.
public enum AddressCheck {
  /// All findings of an address. `knownAddresses` and `knownDomains` are those that it may be
  /// taken for: of the thread, the requester, the company and the own house.
  public static func findings(
    of address: String, knownAddresses: some Sequence<String>, knownDomains: some Sequence<String>
  ) -> [NameFinding] {
    guard let at = address.lastIndex(of: "@") else { return part(of: address) }
    let local = String(address[..<at])
    let domain = String(address[address.index(after: at)...])
    var found = part(of: local) + host(domain, known: knownDomains)
    let skeleton = LookAlike.skeleton(address)
    let isOfKnownDomain = !found.contains {
      if case .looksLike = $0 { true } else { false }
    }
    for known in knownAddresses where isOfKnownDomain {
      guard known.lowercased() != address.lowercased(),
        Self.domain(known) == domain.lowercased(), LookAlike.skeleton(known) == skeleton
      else { continue }
      found.append(.looksLike(part: address, known: known))
      break
    }
    return found
  }

  /// All findings of a host or domain, written in its own letters or as `xn--`.
  public static func host(_ name: String, known: some Sequence<String>) -> [NameFinding] {
    let shown = Punycode.unicode(domain: name)
    var found: [NameFinding] = []
    for label in shown.split(separator: ".") { found += part(of: String(label)) }
    let ascii = Punycode.ascii(domain: shown)
    if ascii.lowercased() != shown.lowercased() {
      found.append(.otherLetters(shown: shown, ascii: ascii))
    }
    let skeleton = LookAlike.skeleton(shown)
    for other in known where other.lowercased() != shown.lowercased() {
      guard LookAlike.skeleton(other) == skeleton else { continue }
      found.append(.looksLike(part: name, known: other))
      break
    }
    return found
  }

  private static func part(of word: String) -> [NameFinding] {
    if word.unicodeScalars.contains(where: isInvisible) { return [.invisible(part: word)] }
    if let scripts = LookAlike.suspiciousMixture(in: word) {
      return [.mixedScripts(part: word, scripts)]
    }
    return LookAlike.looksLatin(word).map { [.looksLatin(part: word, $0)] } ?? []
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func domain(_ address: String) -> String {
    address.lastIndex(of: "@").map { address[address.index(after: $0)...].lowercased() } ?? ""
  }
}
