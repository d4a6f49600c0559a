/// The number by which the helpdesk knows one thing; typed, so that a ticket's number cannot stand
/// where a contact's belongs.
public struct Identifier<Entity>: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let rawValue: Int64

  public init(_ rawValue: Int64) { self.rawValue = rawValue }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  public var description: String { String(rawValue) }
}

public typealias TicketID = Identifier<Ticket>
public typealias ConversationID = Identifier<Conversation>
public typealias ContactID = Identifier<Contact>
public typealias CompanyID = Identifier<Company>
public typealias AgentID = Identifier<Agent>
public typealias GroupID = Identifier<Group>
