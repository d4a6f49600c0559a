import Helpdesk

/// A connection together with the account that it belongs to. Without `writing` nobody who holds it
/// can change anything at the helpdesk: that is read-only mode.
public struct HelpdeskLine: Sendable {
  public let account: String
  public let reading: any HelpdeskReading
  public let writing: (any HelpdeskWriting)?

  /// A line that can read and write.
  public init(account: String, service: any HelpdeskService) {
    self.account = account
    reading = service
    writing = service
  }

  /// A line that can only read.
  public init(readOnly account: String, reading: any HelpdeskReading) {
    self.account = account
    self.reading = reading
    writing = nil
  }
}
