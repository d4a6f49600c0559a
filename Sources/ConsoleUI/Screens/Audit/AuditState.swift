public import ConsoleModel

/// The audit page: records that were read so far, newest first, and what the check of the chain said.
public struct AuditState: Equatable, Sendable {
  /// What is known of the chain.
  public enum Check: Equatable, Sendable {
    case checking
    case done(AuditLog.Verdict)
    /// The journal could not be read; the sentence says why.
    case failed(String)
  }

  public internal(set) var records: [AuditRecord] = []
  public internal(set) var check = Check.checking
  public internal(set) var path = ""
  /// Whether the oldest record is among them.
  var isComplete = false

  /// Records that one step reads.
  static let pageSize = 200

  /// The newest records again: older ones that were read before are kept.
  mutating func take(newest: [AuditRecord]) {
    guard let oldest = newest.last?.number else {
      records = []
      isComplete = true
      return
    }
    // A gap between what was read then and now would hide records.
    let older = records.first.map { $0.number >= oldest - 1 } == true
    records = newest + (older ? records.filter { $0.number < oldest } : [])
    isComplete = records.last?.number == 1
  }

  /// Records before those known.
  mutating func take(older: [AuditRecord]) {
    let oldest = records.last?.number ?? .max
    records += older.filter { $0.number < oldest }
    isComplete = older.isEmpty || records.last?.number == 1
  }
}
