public import Terminal

/// What has to be there before a command can work; the reason shown when it is not.
public enum Need: Sendable {
  /// A ticket under the cursor or in the thread.
  case ticket
  /// Marks, or a ticket.
  case target
  /// A connection that may write: not in read-only mode.
  case writing
  /// An item under the cursor of the outbox or the drafts.
  case item
  /// An agent of one's own: the helpdesk has said who the key belongs to.
  case me
  /// Something to be repeated.
  case history
}

/// Keys that mean the same in some places.
public struct KeyBinding: Equatable, Sendable {
  public var places: [Place]
  public var sequences: [KeySequence]

  public init(places: [Place], sequences: [KeySequence]) {
    self.places = places
    self.sequences = sequences
  }
}

/// One command: its keys, its words and what it needs. Hint bar, help, palette, command line and the
/// check for clashes are all made from these records.
public struct CommandRecord: Equatable, Sendable {
  public var id: CommandID
  public var bindings: [KeyBinding]
  /// One line for help and palette.
  public var title: String
  /// A word or two for the hint bar; empty keeps it out.
  public var hint: String
  /// Its name on the command line; nil keeps it out of command line and palette.
  public var name: String?
  public var needs: [Need]
  /// Why it can never work in this version; nil when it can.
  public var unavailable: String?

  public init(
    id: CommandID, bindings: [KeyBinding], title: String, hint: String = "", name: String? = nil,
    needs: [Need] = [], unavailable: String? = nil
  ) {
    self.id = id
    self.bindings = bindings
    self.title = title
    self.hint = hint
    self.name = name
    self.needs = needs
    self.unavailable = unavailable
  }

  /// The keys in one place, first the one to be shown.
  public func sequences(in place: Place) -> [KeySequence] {
    bindings.filter { $0.places.contains(place) }.flatMap(\.sequences)
  }
}

extension CommandRecord {
  /// A record with one set of keys; keys are written as in help, several separated by ` / `.
  init(
    _ id: CommandID, _ keys: String, _ places: [Place], _ title: String, hint: String = "",
    name: String? = nil, needs: [Need] = [], unavailable: String? = nil
  ) {
    self.init(
      id: id, bindings: [KeyBinding(places: places, sequences: Self.sequences(keys))],
      title: title, hint: hint, name: name, needs: needs, unavailable: unavailable)
  }

  /// The same record with further keys in other places.
  func also(_ keys: String, _ places: [Place]) -> CommandRecord {
    var record = self
    record.bindings.append(KeyBinding(places: places, sequences: Self.sequences(keys)))
    return record
  }

  static func sequences(_ keys: String) -> [KeySequence] {
    var result: [KeySequence] = []
    for word in keys.split(separator: " ").split(separator: "/") {
      // A bare slash is the separator, so the key of that name is written as "Slash".
      let notation = word.map { $0 == "Slash" ? "/" : String($0) }.joined(separator: " ")
      if let sequence = KeySequence(notation: notation) { result.append(sequence) }
    }
    return result
  }
}
