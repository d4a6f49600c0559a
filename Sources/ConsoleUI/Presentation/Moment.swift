public import Helpdesk

/// A moment in milliseconds since 1970, for waits shorter than a second.
public struct Moment: Hashable, Sendable, Comparable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The beginning of a second.
  public init(_ timestamp: Timestamp) { milliseconds = timestamp.seconds * 1000 }

  /// The second that the moment lies in.
  public var timestamp: Timestamp {
    Timestamp((milliseconds - (milliseconds < 0 ? 999 : 0)) / 1000)
  }

  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// The moment so many milliseconds later.
  public func after(_ milliseconds: Int64) -> Moment {
    Moment(milliseconds: self.milliseconds + milliseconds)
  }
}
