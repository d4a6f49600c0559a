import ConsoleModel
import Freshdesk
import HTTPClient
import Helpdesk

/// Plugs a vendor's client into an account. The only place that knows which vendors there are.
struct HelpdeskPlug: Sendable {
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
    return FreshdeskService(address: address, key: key, transport: transport, limiter: limiter)
  }

  /// The address of a helpdesk from what a person types.
  func address(_ text: String) throws(CommandFailure) -> FreshdeskAddress {
    do { return try FreshdeskAddress(parsing: text) } catch {
      throw CommandFailure(
        .wrongUsage, "The address cannot be used: \(error.explanation). Nothing was sent.")
    }
  }
}
