/// What of a ticket is shown as this profile's own change until the helpdesk has answered.
public struct PendingFields: OptionSet, Hashable, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let status = PendingFields(rawValue: 1)
  public static let priority = PendingFields(rawValue: 2)
  public static let type = PendingFields(rawValue: 4)
  public static let agent = PendingFields(rawValue: 8)
  public static let group = PendingFields(rawValue: 16)
  public static let tags = PendingFields(rawValue: 32)
  /// A reply that has not been sent yet.
  public static let reply = PendingFields(rawValue: 64)
  /// A private note that has not been sent yet.
  public static let privateNote = PendingFields(rawValue: 128)

  /// What no column of the queue shows by itself.
  public static let withoutColumn: PendingFields = [.type, .group, .tags, .reply, .privateNote]

  /// The words of the JSON output, in a fixed order.
  public var names: [String] {
    let all: [(PendingFields, String)] = [
      (.status, "status"), (.priority, "priority"), (.type, "type"), (.agent, "agent"),
      (.group, "group"), (.tags, "tags"), (.reply, "reply"), (.privateNote, "private_note"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
