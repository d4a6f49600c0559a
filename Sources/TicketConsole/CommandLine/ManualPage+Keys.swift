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

  /// The language of `--query`, of saved views and of the filter line.
  static let queries = """
    .SH QUERIES
    A query is made of terms and words; all of them have to be true. A word is the beginning of a
    word in the subject, or in the name of the requester or the company. Several values of one key,
    separated by commas, are alternatives, but every tag is needed. A value with blanks stands in
    double quotes. Names match without regard to case, by their beginning where only one has it.
    .TP
    .B status:\\fIS\\fB
    A status by its name or number; unresolved, waiting, done or any.
    .TP
    .B agent:\\fIA\\fB
    A name, an address or a number; me, none or any.
    .TP
    .B group:\\fIG\\fB
    A name or a number; mine, none or any.
    .TP
    .B priority:\\fIP\\fB
    low, medium, high or urgent; also priority>=high and the like.
    .TP
    .B type:\\fIT\\fB, tag:\\fIT\\fB
    By name.
    .TP
    .B requester:\\fIN\\fB, company:\\fIN\\fB
    By number.
    .TP
    .B overdue:yes, new:yes
    Past its due moment; with customer words that wait for an answer.
    .TP
    .B sort:\\fIS\\fB
    sla, updated, created, priority, status or number; with a minus sign in front the other way
    round.

    """

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
