import ConsoleModel
import Freshdesk
import HTTPClient
import Helpdesk

/// Plugs a vendor's client into an account. The only place that knows which vendors there are.
struct HelpdeskPlug: Sendable {
  /// What the vendor's helpdesks can do, and their limits.
  static var capabilities: HelpdeskCapabilities { FreshdeskService.capabilities }

  private let transport: any HTTPTransport

  init(transport: any HTTPTransport) { self.transport = transport }

  /// A client for the account. No request leaves by making one.
  func service(
    vendor: String, url: String, secret: AccountSecret, limiter: any RequestLimiting
  ) throws(CommandFailure) -> FreshdeskService {
    guard vendor == "freshdesk" else {
      throw CommandFailure(
        .failed, "This version does not know helpdesks of the kind \"\(vendor)\".")
    }
    let address = try address(url)
    guard let key = APIKey(secret.reveal()) else {
      throw CommandFailure(
        .wrongUsage, "The API key holds characters that no Freshdesk key has. Nothing was sent.")
    }
    return FreshdeskService(
      address: address, key: key, transport: transport, limiter: limiter,
      listIncludes: { Self.listIncludes(under: limiter) })
  }

  /// What a page of tickets carries along. Each part costs credits, and small plans have few: there a
  /// page that costs 1 instead of 5 makes the first sync five times as fast, and the description
  /// comes with the thread.
  private static func listIncludes(under limiter: any RequestLimiting) -> [TicketInclude] {
    let account = (limiter as? RequestLimiter)?.snapshot().account
    guard let limit = account?.limit else { return [.description, .stats] }
    return limit > smallPlan ? [.description, .stats] : []
  }

  /// Calls a minute of the largest plan that counts as small.
  private static let smallPlan = 200

  /// The address of a helpdesk from what a person types.
  func address(_ text: String) throws(CommandFailure) -> FreshdeskAddress {
    do { return try FreshdeskAddress(parsing: text) } catch {
      throw CommandFailure(
        .wrongUsage, "The address cannot be used: \(error.explanation). Nothing was sent.")
    }
  }
}
