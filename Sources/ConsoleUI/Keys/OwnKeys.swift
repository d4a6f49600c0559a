import Terminal

/// Keys that a person has set for one action.
public struct OwnKeys: Equatable, Sendable {
  /// The action's name.
  public var action: String
  /// The one place they are for; nil for every place in which the action has keys.
  public var place: String?
  /// As written; none takes the action's keys away.
  public var keys: [String]

  public init(action: String, place: String? = nil, keys: [String]) {
    self.action = action
    self.place = place
    self.keys = keys
  }
}

/// Why a person's keys cannot be used, in one sentence, and which of their settings is the cause.
public struct KeyProblem: Error, Equatable, Sendable {
  /// The setting, counted from 0; nil where none of them alone is the cause.
  public var setting: Int?
  public var sentence: String

  public init(setting: Int? = nil, sentence: String) {
    self.setting = setting
    self.sentence = sentence
  }
}

extension KeyTable {
  /// The table of a preset with a person's own keys. Refuses unknown names, unknown keys, and
  /// whatever `clashes` finds: nothing is bound half.
  public init(preset: KeyPreset, own: [OwnKeys]) throws(KeyProblem) {
    var map = KeyMapEdit(preset.records)
    for (index, setting) in own.enumerated() {
      try Self.apply(setting, index, to: &map)
    }
    let table = KeyTable(records: map.records)
    // The shipped maps are held against the check by their tests.
    if !own.isEmpty, let clash = table.clashes().first {
      throw KeyProblem(
        setting: own.firstIndex { clash.names.contains($0.action) }, sentence: clash.description)
    }
    self = table
  }

  private static func apply(
    _ setting: OwnKeys, _ index: Int, to map: inout KeyMapEdit
  ) throws(KeyProblem) {
    guard let id = CommandID(rawValue: setting.action) else {
      let near = CommandID.allCases.map(\.rawValue)
        .filter { $0.hasPrefix(setting.action.prefix(3)) || $0.contains(setting.action) }
        .prefix(4).joined(separator: ", ")
      throw KeyProblem(
        setting: index,
        sentence: "there is no action \"\(setting.action)\""
          + (near.isEmpty ? "; the manual page lists them" : "; there are \(near)"))
    }
    var sequences: [KeySequence] = []
    for text in setting.keys {
      guard let sequence = sequence(text) else {
        throw KeyProblem(
          setting: index,
          sentence:
            "\"\(text)\" is no key; keys are written like j, \"g o\", Ctrl-x, F5, PgDn, Space")
      }
      sequences.append(sequence)
    }
    map.set(id, sequences, in: try places(setting, id, index, map))
  }

  private static func places(
    _ setting: OwnKeys, _ id: CommandID, _ index: Int, _ map: KeyMapEdit
  ) throws(KeyProblem) -> [Place] {
    if let name = setting.place {
      guard let place = Place(rawValue: name) else {
        throw KeyProblem(
          setting: index,
          sentence: "there is no place \"\(name)\"; there are "
            + Place.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return [place]
    }
    let bound = map.records.first { $0.id == id }?.bindings.flatMap(\.places) ?? []
    return bound.isEmpty ? [.queue, .thread] : Place.allCases.filter { bound.contains($0) }
  }

  /// `g o` as well as `go`, the form in which help shows it.
  private static func sequence(_ text: String) -> KeySequence? {
    if let sequence = KeySequence(notation: text) { return sequence }
    guard (2...3).contains(text.count), text.allSatisfy({ $0.isASCII && $0 != " " }) else {
      return nil
    }
    return KeySequence(text.map { .character($0) })
  }
}

extension KeyClash {
  /// The actions that are at odds.
  var names: [String] {
    switch self {
    case .twice(_, _, let one, let other), .alsoPrefix(_, _, let one, _, let other):
      [one.rawValue, other.rawValue]
    case .forbidden(_, _, let one), .printableInText(_, _, let one), .functionKeyOnly(_, let one):
      [one.rawValue]
    }
  }
}
