import Helpdesk

/// How far the journal was read: its newest move, told apart from the same number in another file.
struct JournalMark: Equatable, Sendable {
  var number: Int64
  /// What that move was: another journal at this path has another one under its number.
  var signature: String

  /// The text form in the cache.
  var text: String { "\(number) \(signature)" }

  init(number: Int64, signature: String) {
    self.number = number
    self.signature = signature
  }

  init?(text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let number = Int64(parts[0]) else { return nil }
    self.init(number: number, signature: String(parts[1]))
  }

  static let empty = JournalMark(number: 0, signature: "-")
}

/// The open writes of the journal as they lie over the cache, up to one move.
struct PendingSnapshot: Sendable {
  var mark: JournalMark
  /// Whether `tickets` holds all that is pending; else only what has moved since the mark before.
  var isWhole: Bool
  /// Whether the cache's own mark belongs to another journal and counts for nothing.
  var replacesMark: Bool
  /// In the order of the writes; empty where nothing is pending any more.
  var tickets: [TicketID: [PendingChange]]
  /// Writes that the helpdesk has accepted since: their values are the helpdesk's own now.
  var sent: Set<WriteID>
}
