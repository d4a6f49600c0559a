import ConsoleModel
import Helpdesk
import Terminal

extension TicketStatus {
  /// Four letters for narrow columns.
  func short(label: String) -> String {
    switch self {
    case .open: "Open"
    case .pending: "Pend"
    case .resolved: "Rslv"
    case .closed: "Clsd"
    case .waitingOnCustomer: "Cust"
    case .waitingOnThirdParty: "3rd"
    default: String(label.prefix(4))
    }
  }
}

extension QueueSort {
  /// Which end comes first, in the words of the key.
  var orderWords: String {
    switch key {
    case .due: isDescending ? "latest due first" : "soonest due first"
    case .updated, .created: isDescending ? "newest first" : "oldest first"
    case .priority: isDescending ? "most urgent first" : "least urgent first"
    case .status: isDescending ? "closed first" : "open first"
    case .number: isDescending ? "highest number first" : "lowest number first"
    }
  }
}

extension ViewCount {
  /// "250", or "1000+" where there are at least that many.
  var words: String { isExact ? "\(value)" : "\(value)+" }
}

extension TicketPriority {
  var letter: String { String(label.prefix(1)) }

  var role: Role {
    switch self {
    case .urgent: .urgent
    case .high: .highPriority
    case .medium, .low: .normal
    }
  }
}

extension QueueRow {
  /// Who has it: "you", the agent's first name, or "--".
  func holder(me: AgentID?) -> String {
    guard let agentID else { return "--" }
    if agentID == me { return "you" }
    guard let agentName else { return "#\(agentID)" }
    return String(agentName.prefix { $0 != " " })
  }
}

extension ThreadEntry {
  /// Who speaks to whom, in words that need no colour.
  var speaker: String { authorName + " " + audience }

  /// The same in a number of cells: the name gives way, never the words on who can read it.
  func speaker(width: Int) -> String {
    if DisplayWidth.cells(of: authorName) + 1 + audience.utf8.count <= width { return speaker }
    let first = String(authorName.prefix { $0 != " " })
    let room = width - 1 - audience.utf8.count
    guard room < DisplayWidth.cells(of: first) else { return first + " " + audience }
    return room > 1
      ? DisplayText.truncate(first, to: room, ellipsis: ".") + " " + audience : audience
  }

  /// Who can read it.
  private var audience: String {
    switch kind {
    case .customer: "(customer)"
    case .reply: "-> customer (PUBLIC)"
    case .privateNote: "(PRIVATE NOTE - not visible to customer)"
    case .publicNote: "(PUBLIC NOTE - the customer can see it)"
    case .forward: "(FORWARD - not visible to customer)"
    case .replyToForward: "(REPLY TO FORWARD - not visible to customer)"
    case .feedback: "(feedback)"
    case .other: "(other)"
    }
  }

  /// Whether the words are an automatic answer. Words that nobody has seen yet are never taken for
  /// one, because such entries start folded.
  var isAutomatic: Bool {
    guard !isNew, !kind.isPrivate else { return false }
    // Bytes are compared, because every entry of every thread that is looked at is asked.
    let beginning = String(decoding: Array(text.utf8.prefix(160)), as: UTF8.self).lowercased()
    let bytes = Array(beginning.utf8)
    return Self.automaticBeginnings.contains { bytes.starts(with: $0.utf8) }
      || Self.holds("out of office", bytes) || Self.holds("automatic reply", bytes)
  }

  private static func holds(_ phrase: StaticString, _ bytes: [UInt8]) -> Bool {
    phrase.withUTF8Buffer { phrase in
      guard let first = phrase.first, bytes.count >= phrase.count else { return false }
      return (0...(bytes.count - phrase.count)).contains { start in
        bytes[start] == first && bytes[start..<start + phrase.count].elementsEqual(phrase)
      }
    }
  }

  private static let automaticBeginnings = [
    "this is an automat", "automatic reply", "auto-reply", "autoreply", "automatische antwort",
    "réponse automatique", "respuesta automática", "this message was created automatically",
    "we have received your request", "your request has been received",
  ]
}

/// Addresses of mail, as far as the console looks into them.
enum MailAddress {
  /// What follows the last `@`, in small letters; empty without one.
  static func domain(_ address: String) -> String {
    guard let at = address.lastIndex(of: "@") else { return "" }
    return address[address.index(after: at)...].lowercased().trimming(">")
  }
}

extension String {
  /// Without these characters at both ends.
  func trimming(_ characters: String) -> String {
    var rest = self[...]
    while let first = rest.first, characters.contains(first) { rest.removeFirst() }
    while let last = rest.last, characters.contains(last) { rest.removeLast() }
    return String(rest)
  }

  /// Without white space at both ends.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
