/// Times as the vendor writes and accepts them; inside the sandbox a time is whole seconds since
/// 1970 in UTC.
enum WireTime {
  static func text(_ seconds: Int64) -> String {
    var bytes: [UInt8] = []
    append(seconds, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `2026-01-31T12:00:00Z`.
  static func append(_ seconds: Int64, to bytes: inout [UInt8]) {
    let days = floorDays(seconds)
    let rest = seconds - days * 86_400
    let date = civil(days)
    two(date.year / 100, &bytes)
    two(date.year % 100, &bytes)
    bytes.append(UInt8(ascii: "-"))
    two(date.month, &bytes)
    bytes.append(UInt8(ascii: "-"))
    two(date.day, &bytes)
    bytes.append(UInt8(ascii: "T"))
    two(rest / 3600, &bytes)
    bytes.append(UInt8(ascii: ":"))
    two(rest / 60 % 60, &bytes)
    bytes.append(UInt8(ascii: ":"))
    two(rest % 60, &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// `Sat, 31 Jan 2026 12:00:00 GMT`, the form of the `Date` header.
  static func httpDate(_ seconds: Int64) -> String {
    let days = floorDays(seconds)
    let date = civil(days)
    let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    var bytes = Array("\(weekdays[Int((days % 7 + 7) % 7)]), ".utf8)
    two(date.day, &bytes)
    bytes.append(contentsOf: " \(months[Int(date.month - 1)]) ".utf8)
    two(date.year / 100, &bytes)
    two(date.year % 100, &bytes)
    bytes.append(UInt8(ascii: " "))
    let clock = text(seconds).utf8.dropFirst(11).dropLast()
    bytes.append(contentsOf: clock)
    bytes.append(contentsOf: " GMT".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the vendor accepts: `YYYY-MM-DD`, with `THH:MM`, with seconds, with `Z`, `±hh:mm`,
  /// `±hhmm` or `±hh`; no zone means UTC.
  static func parse(_ text: String) -> Int64? {
    var rest = Substring(text).utf8
    func number(_ count: Int) -> Int64? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      rest = rest.dropFirst(count)
      return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
    func take(_ byte: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4), take("-"), let month = number(2), take("-"),
      let day = number(2), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var seconds = daysSince1970(year, month, day) * 86_400
    if rest.isEmpty { return seconds }
    guard take("T") || take(" "), let hour = number(2), take(":"), let minute = number(2),
      hour < 24, minute < 60
    else { return nil }
    seconds += hour * 3600 + minute * 60
    if take(":") {
      guard let second = number(2), second < 61 else { return nil }
      seconds += second
      if take(".") { rest = rest.drop { (0x30...0x39).contains($0) } }
    }
    if rest.isEmpty || (take("Z") && rest.isEmpty) { return seconds }
    let sign: Int64
    if take("+") { sign = -1 } else if take("-") { sign = 1 } else { return nil }
    guard let hours = number(2) else { return nil }
    _ = take(":")
    let minutes = rest.isEmpty ? 0 : number(2)
    guard let minutes, rest.isEmpty else { return nil }
    return seconds + sign * (hours * 3600 + minutes * 60)
  }

  private static func two(_ number: Int64, _ bytes: inout [UInt8]) {
    bytes.append(0x30 + UInt8(truncatingIfNeeded: number / 10 % 10))
    bytes.append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  private static func floorDays(_ seconds: Int64) -> Int64 {
    seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  // Both directions count in eras of 400 years that begin on the first of March.

  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
  }

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
