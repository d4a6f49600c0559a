import Terminal

extension ConsoleState {
  /// What the uppermost box asks, as it is drawn now; nil where nothing is asked.
  var promptFace: PromptFace? {
    switch dialogs.last {
    case .review(let review): reviewFace(review)
    case .question(let question): questionFace(question)
    case .plan(let plan): planFace(plan)
    case .picker, .menu, .line, .palette, .files, .canned, .reader, nil: nil
    }
  }

  /// Whether the frame that is drawn now asks something that was not painted before.
  public var hasUnpaintedPrompt: Bool {
    guard let gate = dialogs.last?.gate else { return false }
    return gate.face == nil || gate.face != promptFace
  }

  /// Whether the uppermost question takes its confirmation now.
  var isPromptOpen: Bool {
    dialogs.last?.gate?.isOpen(promptFace, at: now, quiet: settings.quietMilliseconds) ?? false
  }

  private static let tooEarly = "too early - press y again"

  /// True when a confirmation counts now; else says why it does not.
  mutating func takesConfirmation() -> Bool {
    if isPromptOpen { return true }
    say(Self.tooEarly, .warning)
    return false
  }

  /// The first frame of a question was handed to the terminal: what was typed before is thrown away.
  mutating func notePainted(question: Int?) -> [Effect] {
    guard let last = dialogs.indices.last, var gate = dialogs[last].gate, let face = promptFace
    else { return [] }
    let isFirst = !gate.isPainted
    gate.paint(face, question: question, at: now)
    dialogs[last].gate = gate
    return isFirst ? [.discardTypeahead] : []
  }

  /// The terminal shows what it was sent before this question.
  mutating func noteAnswered(_ question: Int) {
    guard let last = dialogs.indices.last else { return }
    dialogs[last].gate?.note(answered: question, at: now)
  }

  /// Says no longer that it is too early when it is not.
  mutating func noteOpening() {
    if message?.text == Self.tooEarly, isPromptOpen { message = nil }
  }

  /// Questions have to be painted, and seen, before they take a confirmation.
  mutating func closeGates() {
    for index in dialogs.indices where dialogs[index].gate != nil {
      dialogs[index].gate = PromptGate()
    }
  }
}
