import ConsoleModel
import ConsoleUI
import Freshdesk
import Helpdesk

extension DirectoryReads {
  /// The directory as the cache has it.
  static func from(
    _ reader: CacheReader, account: Account, failures: CacheFailures
  ) -> DirectoryReads {
    DirectoryReads(
      account: {
        let directory = failures.attempt(nil) { try reader.directory() }
        let me =
          directory?.agents.first { $0.id == directory?.me }
          ?? Agent(id: AgentID(account.agentID), name: account.agentName)
        return AccountInfo(
          name: account.name, vendor: FreshdeskService.capabilities.vendor, me: me,
          ownDomains: ownDomains(directory?.agents ?? []),
          mailsCustomerOnClose: FreshdeskService.capabilities.mailsCustomerOnClose,
          isReadOnly: account.isReadOnly, ticketPageBase: account.url + "/a/tickets/",
          attachmentLimit: FreshdeskService.capabilities.attachmentLimit)
      },
      agents: {
        failures.attempt([]) {
          let directory = try reader.directory()
          return try reader.agentLoads().map { load in
            AgentLoad(
              agent: load.entity, openCount: load.openTickets,
              groupNames: groups(of: load.entity, directory))
          }
        }
      },
      groups: {
        failures.attempt([]) {
          try reader.groupLoads().map { GroupLoad(group: $0.entity, openCount: $0.openTickets) }
        }
      },
      statuses: {
        failures.attempt([]) {
          let directory = try reader.directory()
          return directory.statuses.map {
            StatusChoice(status: $0, label: directory.label($0))
          }
        }
      },
      types: { failures.attempt([]) { try reader.directory().types } },
      tags: { beginning, limit in
        failures.attempt([]) { try reader.tags(beginning: beginning, limit: limit) }
      },
      cannedResponses: { failures.attempt([]) { try reader.cannedResponses() } })
  }

  private static func groups(of agent: Agent, _ directory: Directory) -> [String] {
    directory.groups.filter { agent.groupIDs.contains($0.id) || $0.agentIDs.contains(agent.id) }
      .map(\.name)
  }

  /// The domains of the agents' own addresses: mail to others leaves the house.
  private static func ownDomains(_ agents: [Agent]) -> [String] {
    let domains = agents.compactMap { agent in
      agent.email.flatMap { $0.split(separator: "@").last?.lowercased() }
    }
    return Set(domains).sorted()
  }
}
