import Glibc
public import Helpdesk

/// Calendar days as the user's clock counts them. The offset from UTC is asked for per moment, so
/// that daylight saving comes out right.
public struct LocalCalendar: Sendable {
  private let offset: @Sendable (Timestamp) -> Int

  /// `offset` answers with the seconds east of UTC that hold at a moment.
  public init(offset: @escaping @Sendable (Timestamp) -> Int) { self.offset = offset }

  public static let utc = LocalCalendar { _ in 0 }

  /// The time zone of this machine, daylight saving included.
  public static let machine = LocalCalendar(offset: machineOffset)

  /// The seconds east of UTC that hold at a moment on this machine.
  @Sendable public static func machineOffset(_ moment: Timestamp) -> Int {
    var seconds = time_t(moment.seconds)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return Int(parts.tm_gmtoff)
  }

  /// The first moment of the day that is `days` after the one in which `moment` lies.
  func startOfDay(_ days: Int, after moment: Timestamp) -> Timestamp {
    let day = (moment + Int64(offset(moment))).civilDate
    let start = Timestamp.days(year: day.year, month: day.month, day: day.day) + Int64(days)
    return utc(start * 86_400)
  }

  /// The first moment of a day of the calendar.
  func start(year: Int, month: Int, day: Int) -> Timestamp {
    utc(Timestamp.days(year: year, month: month, day: day) * 86_400)
  }

  /// The moment at which the local clock shows these seconds.
  private func utc(_ local: Int64) -> Timestamp {
    let guess = local - Int64(offset(Timestamp(local)))
    return Timestamp(local - Int64(offset(Timestamp(guess))))
  }
}
