import Dispatch

/// Customers who write by themselves every now and then.
final class LiveCustomers: Sendable {
  init(_ helpdesk: SandboxHelpdesk, seed: UInt64) {}

  func stop() {}
}
