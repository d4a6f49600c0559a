public import Helpdesk

/// Reads of people, labels and texts from the cache.
public struct DirectoryReads {
  public var account: () -> AccountInfo
  /// Everybody a ticket can be given to, with their open tickets.
  public var agents: () -> [AgentLoad]
  public var groups: () -> [GroupLoad]
  /// The account's statuses in the order of its menu.
  public var statuses: () -> [StatusChoice]
  /// The account's ticket types.
  public var types: () -> [String]
  /// Tags in use that begin with some letters, most used first.
  public var tags: (_ beginning: String, _ limit: Int) -> [String]
  public var cannedResponses: () -> [CannedResponse]

  public init(
    account: @escaping () -> AccountInfo, agents: @escaping () -> [AgentLoad],
    groups: @escaping () -> [GroupLoad], statuses: @escaping () -> [StatusChoice],
    types: @escaping () -> [String], tags: @escaping (String, Int) -> [String],
    cannedResponses: @escaping () -> [CannedResponse]
  ) {
    self.account = account
    self.agents = agents
    self.groups = groups
    self.statuses = statuses
    self.types = types
    self.tags = tags
    self.cannedResponses = cannedResponses
  }
}

/// Whose console this is.
public struct AccountInfo: Equatable, Sendable {
  /// The account's name in the configuration.
  public var name: String
  /// "Freshdesk".
  public var vendor: String
  /// The agent whose key this is; nil until the helpdesk has been asked once.
  public var me: Agent?
  /// The address that replies are sent from, where it is known.
  public var sendingAddress: String?
  /// Mail domains of the own house, small letters; others are marked as outside.
  public var ownDomains: [String]
  public var mailsCustomerOnClose: Bool
  public var isReadOnly: Bool
  /// A ticket's page is this followed by its number; nil where there is none.
  public var ticketPageBase: String?
  /// The most bytes of all files of one ticket together; nil where there is no limit.
  public var attachmentLimit: Int64?

  public init(
    name: String, vendor: String = "Freshdesk", me: Agent? = nil, sendingAddress: String? = nil,
    ownDomains: [String] = [], mailsCustomerOnClose: Bool = true, isReadOnly: Bool = false,
    ticketPageBase: String? = nil, attachmentLimit: Int64? = nil
  ) {
    self.name = name
    self.vendor = vendor
    self.me = me
    self.sendingAddress = sendingAddress
    self.ownDomains = ownDomains
    self.mailsCustomerOnClose = mailsCustomerOnClose
    self.isReadOnly = isReadOnly
    self.ticketPageBase = ticketPageBase
    self.attachmentLimit = attachmentLimit
  }
}

/// An agent with the number of open tickets, as the picker shows them.
public struct AgentLoad: Equatable, Sendable {
  public var agent: Agent
  public var openCount: Int
  /// The names of the agent's groups, first one first.
  public var groupNames: [String]

  public init(agent: Agent, openCount: Int, groupNames: [String] = []) {
    self.agent = agent
    self.openCount = openCount
    self.groupNames = groupNames
  }
}

/// A group with the number of open tickets.
public struct GroupLoad: Equatable, Sendable {
  public var group: Group
  public var openCount: Int

  public init(group: Group, openCount: Int) {
    self.group = group
    self.openCount = openCount
  }
}

/// A status with the account's own word for it.
public struct StatusChoice: Equatable, Sendable {
  public var status: TicketStatus
  public var label: String

  public init(status: TicketStatus, label: String) {
    self.status = status
    self.label = label
  }
}
