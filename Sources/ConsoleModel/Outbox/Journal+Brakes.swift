/// The brakes of an account.
extension Journal {
  public var stopSwitch: StopSwitch { StopSwitch(folder: options.folder) }

  /// What came of writing the audit file anew.
  public enum AuditRenewal: Equatable, Sendable {
    /// The file matches the journal; nothing was done.
    case wasWhole
    /// The file was gone, and is there again.
    case wasGone
    /// The old file is now at this path.
    case setAside(path: String)
  }

  /// Puts an audit file that does not match the journal aside, as evidence, and writes it anew from
  /// the journal's own records, with a record that says so.
  public func renewAuditFile() async throws(JournalError) -> AuditRenewal {
    let (log, now) = (auditLog, now)
    let renewal = try await perform { connection -> AuditRenewal in
      if case .good = try log.verify(against: connection) { return .wasWhole }
      let path = try log.setAside(at: now)
      try AuditTable(connection: connection).noteLost()
      return path.map(AuditRenewal.setAside) ?? .wasGone
    }
    let finding: String
    switch renewal {
    case .wasWhole: return renewal
    case .wasGone: finding = "the audit file was gone"
    case .setAside(let path):
      let name = path.split(separator: "/").last ?? ""
      finding = "the audit file did not match the journal and was set aside as \(name)"
    }
    try await change(needsAudit: true) { transaction in
      try transaction.log(
        .finding, "\(finding); \(transaction.options.person) had it written anew from the journal")
    }
    return renewal
  }

  /// Halts all sending of the account in every process, or lets it go on. The file comes first, so
  /// that it holds even where the record of it cannot be written.
  public func setStopped(_ isOn: Bool) async throws(JournalError) {
    guard stopSwitch.set(isOn) else { throw .unavailable(path: stopSwitch.path) }
    try await change { transaction in
      try transaction.log(
        .brake,
        "\(transaction.options.person) \(isOn ? "stopped all sending" : "let sending go on")")
    }
  }
}
