/// A moment in whole seconds since 1970-01-01T00:00:00Z.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var seconds: Int64

  public init(_ seconds: Int64) { self.seconds = seconds }

  public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

  public static func + (left: Self, right: Int64) -> Self { Self(left.seconds + right) }

  /// The distance in seconds.
  public static func - (left: Self, right: Self) -> Int64 { left.seconds - right.seconds }

  /// RFC 3339 in UTC, `2026-11-21T10:44:00Z`.
  public var description: String {
    let (date, time) = (civilDate, seconds - Self.floorDays(seconds) * 86_400)
    return "\(Self.pad(date.year, 4))-\(Self.pad(date.month, 2))-\(Self.pad(date.day, 2))T"
      + "\(Self.pad(Int(time / 3600), 2)):\(Self.pad(Int(time / 60 % 60), 2)):"
      + "\(Self.pad(Int(time % 60), 2))Z"
  }

  /// The calendar day in UTC.
  public var civilDate: (year: Int, month: Int, day: Int) {
    // Days to civil date in the proleptic Gregorian calendar, in eras of 400 years.
    let shifted = Self.floorDays(seconds) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (Int(year), Int(month), Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1))
  }

  /// Reads what helpdesks write: `2026-11-21T10:44:00Z`, with milliseconds, with `+05:30` or
  /// `+0530`, with a blank for the `T`, without a zone (taken as UTC), or a bare date.
  public init?(parsing text: some StringProtocol) {
    var text = String(text)
    guard let moment = text.withUTF8({ Self(parsing: $0) }) else { return nil }
    self = moment
  }

  /// The same for bytes; lists of tickets are full of times, and this makes no strings.
  public init?(parsing bytes: UnsafeBufferPointer<UInt8>) {
    var reader = DigitReader(bytes)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), (1...12).contains(month),
      (1...31).contains(day)
    else { return nil }
    var total = Self.days(year: year, month: month, day: day) * 86_400
    if reader.isAtEnd {
      self.seconds = total
      return
    }
    guard reader.skip("T") || reader.skip(" "), let hour = reader.number(2), reader.skip(":"),
      let minute = reader.number(2), hour < 25, minute < 60
    else { return nil }
    total += Int64(hour) * 3600 + Int64(minute) * 60
    if reader.skip(":") {
      guard let second = reader.number(2), second < 61 else { return nil }
      total += Int64(second)
    }
    if reader.skip(".") { reader.skipDigits() }
    if !reader.isAtEnd, !reader.skip("Z") {
      let sign: Int64
      if reader.skip("+") { sign = 1 } else if reader.skip("-") { sign = -1 } else { return nil }
      guard let hours = reader.number(2) else { return nil }
      _ = reader.skip(":")
      let minutes = reader.number(2) ?? 0
      total -= sign * (Int64(hours) * 3600 + Int64(minutes) * 60)
    }
    guard reader.isAtEnd else { return nil }
    self.seconds = total
  }

  /// Days from 1970-01-01 to the given day of the Gregorian calendar.
  public static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shiftedYear = Int64(month <= 2 ? year - 1 : year)
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let monthIndex = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * monthIndex + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func floorDays(_ seconds: Int64) -> Int64 {
    seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Reads fixed-width numbers from ASCII.
private struct DigitReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[position..<position + width] {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    position += width
    return number
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  mutating func skipDigits() {
    while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
  }
}
