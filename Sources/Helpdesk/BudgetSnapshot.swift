/// How many requests are left, at one moment.
public struct BudgetSnapshot: Equatable, Sendable {
  /// The account's bucket first, then the families by name.
  public let buckets: [Bucket]

  /// One budget of calls.
  public struct Bucket: Equatable, Sendable {
    public var family: RequestFamily
    /// Credits in a window; nil until an answer has told.
    public var limit: Int?
    public var remaining: Int?
    /// When the window ends; nil when none has begun.
    public var resetsAt: Timestamp?
    /// The server asked for silence until then.
    public var sleepingUntil: Timestamp?

    public init(
      family: RequestFamily, limit: Int?, remaining: Int?, resetsAt: Timestamp? = nil,
      sleepingUntil: Timestamp? = nil
    ) {
      self.family = family
      self.limit = limit
      self.remaining = remaining
      self.resetsAt = resetsAt
      self.sleepingUntil = sleepingUntil
    }
  }

  public init(buckets: [Bucket]) {
    self.buckets = buckets.sorted { left, right in
      if (left.family == .account) != (right.family == .account) { return left.family == .account }
      return left.family.rawValue < right.family.rawValue
    }
  }

  /// The bucket that counts every call.
  public var account: Bucket? { buckets.first { $0.family == .account } }

  /// The latest moment until which some bucket sleeps; nil when none does.
  public var sleepingUntil: Timestamp? { buckets.compactMap(\.sleepingUntil).max() }
}
