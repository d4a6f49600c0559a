import Glibc

/// Where the sandbox takes the time from: whole seconds since 1970 in UTC.
public struct SandboxClock: Sendable {
  public var now: @Sendable () -> Int64

  public init(now: @escaping @Sendable () -> Int64) { self.now = now }

  public static let system = SandboxClock { Int64(time(nil)) }
}
