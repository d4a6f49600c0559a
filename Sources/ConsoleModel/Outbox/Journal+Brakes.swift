/// The brakes of an account.
extension Journal {
  public var stopSwitch: StopSwitch { StopSwitch(folder: options.folder) }

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
