/// Everything that requests change.
struct SandboxState: ~Copyable {
  let desk: Desk
  var limiter: RateLimiter
  var faults = FaultPlan()
  var log = RequestLog()
  /// Seconds that the sandbox's clock is ahead.
  var clockShift: Int64 = 0
}
