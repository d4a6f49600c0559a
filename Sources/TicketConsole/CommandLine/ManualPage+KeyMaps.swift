import ConsoleUI

extension ManualPage {
  /// The shipped maps other than the first, as far as they differ from it, and how to set own keys.
  static let keyMaps: String = {
    let console = KeyPreset.console.records
    var text = """
      .SH KEY MAPS
      The keys above are those of the map "console". The setting preset in the table [keys] of the
      configuration chooses another one.

      """
    for preset in KeyPreset.allCases where preset != .console {
      text += ".SS \(escaped(preset.rawValue))\n"
      for (record, other) in zip(preset.records, console) {
        text += differences(record, other)
      }
    }
    return text + ownKeys(console)
  }()

  /// A command's keys where the other map has others; places with the same keys stand together.
  private static func differences(_ record: CommandRecord, _ other: CommandRecord) -> String {
    let places = Place.allCases.filter { record.sequences(in: $0) != other.sequences(in: $0) }
    let groups = Dictionary(grouping: places) { record.sequences(in: $0).map(\.notation) }
    return groups.sorted { $0.key.joined() < $1.key.joined() }.map { keys, places in
      let shown = keys.isEmpty ? "no key" : keys.joined(separator: ", ")
      let names = places.map(\.title).joined(separator: ", ")
      return ".TP\n.B \(escaped(shown))\n\(escaped("\(names): \(record.title)"))\n"
    }.joined()
  }

  private static func ownKeys(_ records: [CommandRecord]) -> String {
    let places = Place.allCases.map(\.rawValue).joined(separator: ", ")
    var text = """
      .SS Own keys
      In [keys] an action stands for its keys in all its places, in [keys.PLACE] for those in one;
      no keys at all take them away. Keys are written like j, "g o", Ctrl-x, F5, PgDn or Space. What
      clashes is refused when the program starts, with the line. Places are

      """
    text += escaped(places) + ".\n.PP\nThe actions:\n"
    for record in records where record.unavailable == nil {
      text += ".TP\n.B \(escaped(record.id.rawValue))\n\(escaped(record.title))\n"
    }
    return text
  }
}
