public import Terminal

/// The bindings in force, ready to be asked.
public struct KeyTable: Sendable {
  public let records: [CommandRecord]
  private let byPlace: [Place: [KeySequence: CommandID]]
  private let prefixes: [Place: Set<KeySequence>]
  private let byID: [CommandID: Int]

  public init(records: [CommandRecord] = KeyTable.console) {
    self.records = records
    var byPlace: [Place: [KeySequence: CommandID]] = [:]
    var prefixes: [Place: Set<KeySequence>] = [:]
    for record in records {
      for binding in record.bindings {
        for place in binding.places {
          for sequence in binding.sequences {
            byPlace[place, default: [:]][sequence] = record.id
            for length in 1..<max(1, sequence.keys.count) {
              prefixes[place, default: []].insert(
                KeySequence(Array(sequence.keys.prefix(length))))
            }
          }
        }
      }
    }
    self.byPlace = byPlace
    self.prefixes = prefixes
    byID = Dictionary(
      records.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The records of the shipped map.
  public static let console: [CommandRecord] = CommandRecords.all

  public enum Match: Equatable, Sendable {
    case command(CommandID)
    /// The keys are the beginning of longer ones.
    case prefix
    case none
  }

  public func match(_ keys: [Key], in place: Place) -> Match {
    let sequence = KeySequence(keys)
    if let id = byPlace[place]?[sequence] { return .command(id) }
    return prefixes[place]?.contains(sequence) == true ? .prefix : .none
  }

  public func record(_ id: CommandID) -> CommandRecord? { byID[id].map { records[$0] } }

  /// The first key of a command in a place, as it is shown; nil where it has none.
  public func shownKey(_ id: CommandID, in place: Place) -> String? {
    record(id)?.sequences(in: place).first.map(Self.compact)
  }

  /// What may follow after a prefix, in the order of the table.
  public func continuations(of keys: [Key], in place: Place) -> [(key: String, id: CommandID)] {
    let prefix = KeySequence(keys)
    return records.flatMap { record in
      record.sequences(in: place).filter { prefix.isPrefix(of: $0) }.map { sequence in
        (sequence.keys.dropFirst(keys.count).map(\.notation).joined(), record.id)
      }
    }
  }

  /// `g o` is shown as `go`; longer names stay apart.
  static func compact(_ sequence: KeySequence) -> String {
    let names = sequence.keys.map(\.notation)
    return names.allSatisfy { $0.count == 1 }
      ? names.joined() : names.joined(separator: " ")
  }

  /// Every (place, key, command) on a line of its own, for the file that freezes the map.
  public var listing: String {
    var lines: [String] = []
    for place in Place.allCases {
      for record in records {
        for sequence in record.sequences(in: place) {
          lines.append("\(place.rawValue)\t\(sequence.notation)\t\(record.id.rawValue)")
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
