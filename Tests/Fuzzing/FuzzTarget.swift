/// One way in for hostile input, and the rules that hold whatever comes.
struct FuzzTarget: Sendable {
  /// Names its folder under `Corpus` as well.
  var name: String
  /// Takes one input; ends the process where a rule is broken.
  var check: @Sendable ([UInt8]) throws -> Void

  static let all: [FuzzTarget] = [
    .init(name: "html") { MailRules.check($0) },
    .init(name: "answers") { try AnswerRules.check($0) },
    .init(name: "headers") { HeaderRules.check($0) },
    .init(name: "query") { try QueryRules.check($0) },
    .init(name: "toml") { try ConfigurationRules.check($0) },
    .init(name: "import") { try ImportRules.check($0) },
    .init(name: "sandbox") { try SandboxRules.check($0) },
    .init(name: "terminal") { TerminalRules.check($0) },
    .init(name: "keys") { KeyRules.check($0) },
  ]
}

/// Ends the process where the rule does not hold; the reason says what was seen.
func require(
  _ holds: @autoclosure () -> Bool, _ rule: StaticString, _ seen: @autoclosure () -> String = ""
) {
  if !holds() { fatalError("broken rule: \(rule). \(seen())") }
}

extension Unicode.Scalar {
  /// Whether a terminal could act on it: control characters of both sets.
  var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }

  /// Whether it turns the direction of the text around it.
  var turnsDirection: Bool {
    switch value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// Scalars in a form that a report can show.
  var shown: String { unicodeScalars.map { $0.escaped(asASCII: true) }.joined() }

  /// Whether the text is one line on which a terminal acts on nothing.
  var isPlainLine: Bool {
    unicodeScalars.allSatisfy { !$0.isControl && $0.value != 0x2028 && $0.value != 0x2029 }
  }
}
