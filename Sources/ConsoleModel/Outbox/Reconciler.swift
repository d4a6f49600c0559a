/// Finds out whether a write with an unclear outcome was applied.
enum Reconciler {
  /// When the helpdesk is read again, in seconds after the outcome became unclear.
  static let lookDelays: [Int64] = [5, 15, 45, 120]
}
