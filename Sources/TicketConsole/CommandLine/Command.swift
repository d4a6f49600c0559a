/// One command of the program: what a person types, what help says, and what runs. Help, manual
/// page and shell completions are made from these records alone.
struct Command: Sendable {
  var name: String
  /// What follows the options: `ID…`.
  var operands: String
  /// One line without a full stop.
  var summary: String
  var options: [CommandOption]
  /// Paragraphs of help below the options.
  var details: String
  /// The words that may stand first among the operands, for completions.
  var operandWords: [String]
  /// Operands may begin with a dash (`tag 7 -old`).
  var takesDashes: Bool
  /// Left out of help and completions.
  var isHidden: Bool
  /// Returns when done; throws `CommandFailure` with the exit code.
  var run: @Sendable (CommandContext) throws -> Void

  init(
    _ name: String, _ operands: String = "", summary: String, options: [CommandOption] = [],
    details: String = "", operandWords: [String] = [], takesDashes: Bool = false,
    isHidden: Bool = false, run: @escaping @Sendable (CommandContext) throws -> Void
  ) {
    self.name = name
    self.operands = operands
    self.summary = summary
    self.options = options
    self.details = details
    self.operandWords = operandWords
    self.takesDashes = takesDashes
    self.isHidden = isHidden
    self.run = run
  }
}
