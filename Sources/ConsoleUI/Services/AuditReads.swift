public import ConsoleModel

/// The account's audit log: who did what, and whether the chain of hashes holds.
public struct AuditReads {
  /// Records before a number, newest first; the newest of all where no number is given.
  public var records: (_ before: Int?, _ limit: Int) -> [AuditRecord]
  /// Checks the whole chain, beside the screen; writes nothing.
  public var verify: (@escaping Answer<Result<AuditLog.Verdict, CallFailure>>) -> Void
  /// Where the file is, for people who want to keep a copy.
  public var path: String

  public init(
    records: @escaping (Int?, Int) -> [AuditRecord],
    verify: @escaping (@escaping Answer<Result<AuditLog.Verdict, CallFailure>>) -> Void,
    path: String
  ) {
    self.records = records
    self.verify = verify
    self.path = path
  }
}
