import Helpdesk

/// The date form of HTTP headers: `Wed, 11 Aug 2021 13:35:20 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Nil for anything else; the weekday is not looked at, and the zone is always GMT.
  static func parse(_ text: String) -> Timestamp? {
    let words = text.split { $0 == " " || $0 == "," }
    guard words.count == 6, let day = Int(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
      (1970...9999).contains(year), words[5] == "GMT" || words[5] == "UTC"
    else { return nil }
    let clock = words[4].split(separator: ":").map { Int64($0) ?? -1 }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]),
      (0..<61).contains(clock[2])
    else { return nil }
    return Timestamp(
      Timestamp.days(year: year, month: month + 1, day: day) * 86_400
        + clock[0] * 3600 + clock[1] * 60 + clock[2])
  }
}
