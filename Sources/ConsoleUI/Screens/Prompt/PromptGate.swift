import Terminal

/// What of a question has to be on the screen before its confirmation counts: every line but those
/// that say which keys work now.
public struct PromptFace: Equatable, Sendable {
  var size: Size
  var title: String
  var lines: [String]
}

/// Whether a question has been seen, so that its confirmation counts.
///
/// It is closed until all of the question has reached the terminal and the quiet time is over, and
/// closes again when what it shows becomes something else.
public struct PromptGate: Equatable, Sendable {
  private enum Stage: Equatable, Sendable {
    case unpainted
    /// Handed to the terminal, which answers a question behind it.
    case onItsWay(PromptFace, question: Int)
    case visible(PromptFace, since: Moment)
  }

  private var stage = Stage.unpainted

  init() {}

  /// Whether a frame with it has been handed to the terminal.
  var isPainted: Bool { stage != .unpainted }

  /// What was painted last; nil until then.
  var face: PromptFace? {
    switch stage {
    case .unpainted: nil
    case .onItsWay(let face, _), .visible(let face, _): face
    }
  }

  /// Whether a confirmation of what is shown by `face` is taken.
  func isOpen(_ face: PromptFace?, at now: Moment, quiet: Int64) -> Bool {
    guard case .visible(let seen, let since) = stage, seen == face else { return false }
    return now >= since.after(quiet)
  }

  /// When a confirmation will be taken; nil while that is not known.
  func opensAt(quiet: Int64) -> Moment? {
    guard case .visible(_, let since) = stage else { return nil }
    return since.after(quiet)
  }

  /// A frame with it was handed to the terminal. Without a question it counts as visible at once.
  mutating func paint(_ face: PromptFace, question: Int?, at now: Moment) {
    stage = question.map { .onItsWay(face, question: $0) } ?? .visible(face, since: now)
  }

  /// The terminal has answered this question, and so shows all that it was sent before.
  mutating func note(answered question: Int, at now: Moment) {
    guard case .onItsWay(let face, let wanted) = stage, question >= wanted else { return }
    stage = .visible(face, since: now)
  }

  /// The clock was set.
  mutating func shift(by milliseconds: Int64) {
    guard case .visible(let face, let since) = stage else { return }
    stage = .visible(face, since: since.after(milliseconds))
  }
}
