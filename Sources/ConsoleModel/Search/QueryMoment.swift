import Helpdesk

/// Reads the moments of a query: days, months, ranges of them, ages.
struct QueryMoment {
  let field: MomentFilter.Field
  let calendar: LocalCalendar

  /// `compare` is "" where none is written. Nil for what is no moment.
  func filter(_ compare: String, _ value: String) -> MomentFilter? {
    var filter = MomentFilter(field: field, text: compare + value.lowercased())
    if value.lowercased() == "none" {
      guard field == .due, compare.isEmpty else { return nil }
      filter.isNone = true
      return filter
    }
    if let seconds = Self.duration(value) {
      apply(seconds, compare, to: &filter)
      return filter
    }
    guard let (start, end) = range(value) else { return nil }
    switch compare {
    case "<": filter.until = start
    case "<=": filter.until = end
    case ">": filter.from = end
    case ">=": filter.from = start
    default: (filter.from, filter.until) = (start, end)
    }
    return filter.from == nil && filter.until == nil ? nil : filter
  }

  /// "Less than 7d" is near now, on the side on which the moment lies.
  private func apply(_ seconds: Int64, _ compare: String, to filter: inout MomentFilter) {
    let isLonger = compare == ">" || compare == ">="
    switch field {
    case .created, .updated:
      if isLonger { filter.until = .fromNow(-seconds) } else { filter.from = .fromNow(-seconds) }
    case .due:
      if isLonger {
        filter.from = .fromNow(seconds)
      } else {
        filter.until = .fromNow(seconds)
        // Without a comparison: from now on, not what is overdue.
        if compare.isEmpty { filter.from = .fromNow(0) }
      }
    }
  }

  /// `90min`, `24h`, `7d`, `2w` in seconds.
  private static func duration(_ value: String) -> Int64? {
    let digits = value.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int64(digits), number > 0, number < 100_000 else { return nil }
    switch value.dropFirst(digits.count).lowercased() {
    case "min": return number * 60
    case "h": return number * 3600
    case "d": return number * 86_400
    case "w": return number * 604_800
    default: return nil
    }
  }

  private typealias Range = (start: MomentFilter.Bound?, end: MomentFilter.Bound?)

  private func range(_ value: String) -> Range? {
    guard let dots = value.firstRange(of: "..") else { return day(value) }
    let (first, last) = (value[..<dots.lowerBound], value[dots.upperBound...])
    let start = first.isEmpty ? (nil, nil) : day(String(first))
    let end = last.isEmpty ? (nil, nil) : day(String(last))
    guard let start, let end else { return nil }
    return (start.start, end.end)
  }

  private func day(_ value: String) -> Range? {
    switch value.lowercased() {
    case "today": return (.day(0), .day(1))
    case "yesterday": return (.day(-1), .day(0))
    case "tomorrow": return (.day(1), .day(2))
    default: break
    }
    let parts = value.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil
    }
    guard numbers.count == parts.count, (1...3).contains(parts.count), parts[0].count == 4,
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    let year = numbers[0]
    let month = numbers.count > 1 ? numbers[1] : 1
    let day = numbers.count > 2 ? numbers[2] : 1
    guard (1...12).contains(month), (1...Self.length(of: month, in: year)).contains(day) else {
      return nil
    }
    let end: Timestamp
    switch numbers.count {
    case 1: end = calendar.start(year: year + 1, month: 1, day: 1)
    case 2:
      end = calendar.start(
        year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    default:
      let start = calendar.start(year: year, month: month, day: day)
      end = calendar.startOfDay(1, after: start)
    }
    return (.at(calendar.start(year: year, month: month, day: day)), .at(end))
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
