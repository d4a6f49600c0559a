import Terminal

/// A whole map of keys that is shipped with the program.
public enum KeyPreset: String, CaseIterable, Sendable {
  /// The map of the manual page.
  case console
  /// For hands that know mutt: `t` marks, `l` limits, Tab goes to what needs an answer.
  case mutt
  /// For hands that know helpdesks in the browser: `n` notes, `x` closes.
  case web

  /// The records of the map. What a key displaces has another one.
  public var records: [CommandRecord] {
    var map = KeyMapEdit(KeyTable.console)
    let work: [Place] = [.queue, .thread]
    switch self {
    case .console: break
    case .mutt:
      map.set(.tags, "L", in: work)
      map.set(.mark, "t / x", in: [.queue])
      map.set(.mark, "t", in: [.thread])
      map.set(.goIn, "Right", in: [.queue])
      map.set(.filter, "Slash / l", in: [.queue])
      map.set(.nextPane, "W", in: work)
      map.set(.nextNeedsAnswer, "Ctrl-n / Tab", in: work)
    case .web:
      map.set(.nextMatch, "Ctrl-g", in: work)
      map.set(.note, "c / n", in: work)
      map.set(.mark, "X", in: [.queue])
      map.set(.close, "x", in: work)
    }
    return map.records
  }
}

/// Changes to a map of keys, place by place.
struct KeyMapEdit {
  private(set) var records: [CommandRecord]

  init(_ records: [CommandRecord]) { self.records = records }

  /// Gives a command these keys in these places, instead of those it had there.
  mutating func set(_ id: CommandID, _ keys: String, in places: [Place]) {
    set(id, CommandRecord.sequences(keys), in: places)
  }

  mutating func set(_ id: CommandID, _ sequences: [KeySequence], in places: [Place]) {
    guard let index = records.firstIndex(where: { $0.id == id }) else { return }
    var bindings = records[index].bindings.map { binding in
      KeyBinding(
        places: binding.places.filter { !places.contains($0) }, sequences: binding.sequences)
    }.filter { !$0.places.isEmpty }
    if !sequences.isEmpty { bindings.append(KeyBinding(places: places, sequences: sequences)) }
    records[index].bindings = bindings
  }
}
