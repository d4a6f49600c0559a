import ConsoleUI

extension ManualPage {
  /// The keys of the console, place by place; keys that mean the same in all main places stand
  /// first and once.
  static func keys(of table: KeyTable) -> String {
    var text = ".SH KEYS\n"
    let common = table.records.filter { record in
      let sequences = record.sequences(in: .queue)
      return !sequences.isEmpty
        && Place.main.allSatisfy { record.sequences(in: $0) == sequences }
    }
    text += section("Main places", common, in: .queue)
    for place in Place.allCases {
      let own = table.records.filter { record in
        !record.sequences(in: place).isEmpty
          && !(common.contains(record) && hasCommonKeys(place))
      }
      text += section(place.title, own, in: place)
    }
    return text
  }

  private static func hasCommonKeys(_ place: Place) -> Bool {
    Place.main.contains(place) || Place.pages.contains(place)
  }

  private static func section(_ title: String, _ records: [CommandRecord], in place: Place)
    -> String
  {
    let lines = records.filter { $0.unavailable == nil }.map { record in
      let keys = record.sequences(in: place).map(\.notation).joined(separator: ", ")
      return ".TP\n.B \(escaped(keys))\n\(escaped(record.title))\n"
    }
    return lines.isEmpty ? "" : ".SS \(escaped(title))\n" + lines.joined()
  }
}
