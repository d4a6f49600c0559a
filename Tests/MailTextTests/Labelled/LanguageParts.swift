/// What the labelled messages of one language are built from, written by hand.
struct LanguageParts: Sendable {
  var code: String
  /// Messages of a customer, each a paragraph.
  var own: [String]
  /// An agent's earlier message, line by line.
  var old: [String]
  var questions: [String]
  var answers: [String]
  /// Says that answers stand inside the quoted text.
  var hint: String
  /// The lines that introduce a quote: Gmail, Apple Mail, Thunderbird.
  var attributions: [String]
  /// The names of From, Sent, To, Subject; a date; the mark of an answer's subject.
  var fields: [String]
  var date: String
  var answerMark: String
  var divider: String
  var forward: String
  var device: String
  // Words of the writer that look like something else.
  var likeDevice: String
  var likeDisclaimer: String
  var likeAttribution: String
  var listUnderDashes: [String]
  var form: [String]

  static let all: [LanguageParts] = western + southern + eastern + distant
}
