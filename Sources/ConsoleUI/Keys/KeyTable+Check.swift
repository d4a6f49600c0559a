import Terminal

/// What is wrong with a table of bindings.
public enum KeyClash: Equatable, Sendable, CustomStringConvertible {
  case twice(Place, String, CommandID, CommandID)
  case alsoPrefix(Place, String, CommandID, longer: String, CommandID)
  /// A key that terminals or line editors eat.
  case forbidden(Place, String, CommandID)
  /// A printable key where letters are text.
  case printableInText(Place, String, CommandID)
  /// A command that hangs on function keys alone.
  case functionKeyOnly(Place, CommandID)

  public var description: String {
    switch self {
    case .twice(let place, let key, let one, let other):
      "\(place.rawValue): \(key) is bound to \(one.rawValue) and to \(other.rawValue)"
    case .alsoPrefix(let place, let key, let one, let longer, let other):
      "\(place.rawValue): \(key) (\(one.rawValue)) is the beginning of \(longer) "
        + "(\(other.rawValue))"
    case .forbidden(let place, let key, let one):
      "\(place.rawValue): \(key) (\(one.rawValue)) may be eaten by the terminal"
    case .printableInText(let place, let key, let one):
      "\(place.rawValue): \(key) (\(one.rawValue)) is text there"
    case .functionKeyOnly(let place, let one):
      "\(place.rawValue): \(one.rawValue) has function keys only"
    }
  }
}

extension KeyTable {
  /// Every fault of the table: a key twice in a place, a key that begins a longer one, keys that
  /// terminals eat, printable keys in text fields, commands on function keys alone.
  public func clashes() -> [KeyClash] {
    Place.allCases.flatMap(clashes)
  }

  private func clashes(in place: Place) -> [KeyClash] {
    var found: [KeyClash] = []
    var bound: [(sequence: KeySequence, id: CommandID)] = []
    for record in records {
      let sequences = record.sequences(in: place)
      for sequence in sequences {
        if let other = bound.first(where: { $0.sequence == sequence }) {
          found.append(.twice(place, sequence.notation, other.id, record.id))
        }
        if sequence.keys.contains(where: Self.isForbidden) {
          found.append(.forbidden(place, sequence.notation, record.id))
        }
        if place.takesText, case .character = sequence.keys.first {
          found.append(.printableInText(place, sequence.notation, record.id))
        }
        bound.append((sequence, record.id))
      }
      if !sequences.isEmpty, sequences.allSatisfy({ $0.keys.contains(where: Self.isFunction) }) {
        found.append(.functionKeyOnly(place, record.id))
      }
    }
    for short in bound {
      for long in bound where short.sequence.isPrefix(of: long.sequence) {
        found.append(
          .alsoPrefix(
            place, short.sequence.notation, short.id, longer: long.sequence.notation, long.id))
      }
    }
    return found
  }

  private static func isForbidden(_ key: Key) -> Bool {
    switch key {
    case .control(let letter): "hijmsq\\".contains(letter)
    case .alt: true
    default: false
    }
  }

  private static func isFunction(_ key: Key) -> Bool {
    if case .function = key { true } else { false }
  }
}
