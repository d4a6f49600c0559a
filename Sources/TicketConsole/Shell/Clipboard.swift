import FoundationEssentials

/// Copies text to the clipboard of the machine the user sits at, through the terminal (OSC 52).
struct Clipboard {
  /// What became of a text.
  enum Outcome: Equatable {
    /// The sequence to send; terminals that do not take it say nothing.
    case sent(String)
    /// The text has too many bytes for terminals, and nothing was sent.
    case tooLong(bytes: Int, limit: Int)
    case empty
  }

  /// The most bytes of text: with its wrapping just under the 100,000 that terminals take.
  static let limit = 74_994
  /// The longest piece GNU screen passes through.
  private static let screenPiece = 512

  private let isInTmux: Bool
  private let isInScreen: Bool

  /// Looks in the environment for tmux and screen, which need a wrapping.
  init(environment: [String: String]) {
    isInTmux = !(environment["TMUX"] ?? "").isEmpty
    isInScreen = !isInTmux && !(environment["STY"] ?? "").isEmpty
  }

  /// The sequence for a text, or why there is none.
  func prepare(_ text: String) -> Outcome {
    let bytes = text.utf8.count
    guard bytes > 0 else { return .empty }
    guard bytes <= Self.limit else { return .tooLong(bytes: bytes, limit: Self.limit) }
    let sequence = "\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{07}"
    if isInTmux {
      // tmux takes the sequence itself or passes the wrapped one on, as its user has set it.
      let doubled = sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}")
      return .sent(sequence + "\u{1B}Ptmux;\(doubled)\u{1B}\\")
    }
    if isInScreen {
      var wrapped = ""
      var rest = Array(sequence.utf8)[...]
      while !rest.isEmpty {
        wrapped +=
          "\u{1B}P\(String(decoding: rest.prefix(Self.screenPiece), as: UTF8.self))\u{1B}\\"
        rest = rest.dropFirst(Self.screenPiece)
      }
      return .sent(wrapped)
    }
    return .sent(sequence)
  }
}

extension TerminalHost {
  /// Sends a text to the clipboard of the user's own machine.
  func copy(_ text: String) -> Clipboard.Outcome {
    let outcome = Clipboard(environment: options.environment).prepare(text)
    if case .sent(let sequence) = outcome {
      send(sequence)
      // Depending on its settings tmux drops the sequence; its own command is always there.
      if !(options.environment["TMUX"] ?? "").isEmpty {
        _ = DetachedProgram.start(
          ["/usr/bin/env", "tmux", "load-buffer", "-w", "-"], input: Array(text.utf8))
      }
    }
    return outcome
  }
}
