import Helpdesk

/// One line of the audit log.
///
/// A line is `HASH NUMBER TIME ACTION WHO | SENTENCE`. The hash is the SHA-256 of the previous
/// line's hash, one blank, and the rest of the line; before the first line it is 64 zeros. So the
/// whole chain can be checked with `sha256sum` alone, in bash:
///
/// ```sh
/// prev=$(printf '%064d' 0)
/// while IFS= read -r line; do
///   want=${line%% *}; rest=${line#* }
///   have=$(printf '%s %s' "$prev" "$rest" | sha256sum | cut -d' ' -f1)
///   [ "$have" = "$want" ] || { echo "broken at: $rest"; exit 1; }
///   prev=$want
/// done < audit.log && echo good
/// ```
///
/// It makes tampering evident; it cannot prevent it.
public struct AuditRecord: Equatable, Sendable {
  public enum Action: String, Sendable, CaseIterable {
    /// A person decided: confirmed, took back, discarded.
    case decision
    /// A request is about to leave.
    case intent
    /// What became of the request.
    case outcome
    /// What a later look at the helpdesk showed.
    case finding
    /// The stop switch, read-only mode.
    case brake
  }

  /// Counts from 1 without gaps.
  public var number: Int
  public var at: Timestamp
  public var action: Action
  public var who: String
  /// Plain English, without a customer's words.
  public var sentence: String

  public init(number: Int, at: Timestamp, action: Action, who: String, sentence: String) {
    self.number = number
    self.at = at
    self.action = action
    self.who = who
    self.sentence = sentence
  }

  /// Reads a line without its hash back; nil when it is none.
  public init?(text: String) {
    let parts = text.split(separator: " ", maxSplits: 3)
    guard parts.count == 4, let number = Int(parts[0]), let at = Timestamp(parsing: parts[1]),
      let action = Action(rawValue: String(parts[2])), let bar = parts[3].firstRange(of: " | ")
    else { return nil }
    self.init(
      number: number, at: at, action: action, who: String(parts[3][..<bar.lowerBound]),
      sentence: String(parts[3][bar.upperBound...]))
  }

  /// The hash that stands before the first record.
  public static let origin = String(repeating: "0", count: 64)

  /// The line without its hash. Control characters become blanks: one record stays one line.
  public var text: String {
    "\(number) \(at) \(action.rawValue) \(Self.clean(who)) | \(Self.clean(sentence))"
  }

  public static func hash(of text: String, after previous: String) -> String {
    SHA256.hex("\(previous) \(text)".utf8)
  }

  private static func clean(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
  }
}

/// Why the audit log cannot be kept. Nothing is sent while it cannot.
public enum AuditError: Error, Equatable, Sendable {
  case cannotWrite(path: String, reason: String)
  /// The file has lost lines that had been written, or holds other lines than the journal.
  case disagrees(path: String)

  public var explanation: String {
    switch self {
    case .cannotWrite(let path, let reason):
      "The audit log \(path) cannot be written (\(reason)). Nothing more is sent meanwhile; your words "
        + "are kept in the outbox. Free the disk or repair the rights, then go on."
    case .disagrees(let path):
      "The audit log \(path) does not match the journal. Nothing more is sent meanwhile; your words "
        + "are kept in the outbox. Look at it with: ticket-console audit verify. Then ticket-console audit renew "
        + "sets the file aside as evidence and writes it anew from the journal."
    }
  }
}
