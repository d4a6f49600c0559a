/// A subscription with its limits in calls a minute; nil does not limit.
public struct Plan: Equatable, Sendable {
  public var name: String
  var account: Int?
  var ticketCreate: Int?
  var ticketUpdate: Int?
  var ticketsList: Int?
  var contactsList: Int?
  /// Whether every GET below `/tickets` is taken from the list's bucket, as seen on the wire;
  /// otherwise the list alone is, as documented.
  var listCoversViews = true

  /// The plan of that name: `trial`, `growth`, `pro`, `enterprise`, `unlimited`.
  public init?(named name: String) {
    self.name = name
    let limits: [Int]
    switch name {
    case "trial": limits = [50]
    case "growth": limits = [200, 80, 80, 20, 20]
    case "pro": limits = [400, 160, 160, 100, 100]
    case "enterprise": limits = [700, 280, 280, 200, 200]
    case "unlimited": limits = []
    default: return nil
    }
    if let first = limits.first { account = first }
    if limits.count == 5 {
      (ticketCreate, ticketUpdate) = (limits[1], limits[2])
      (ticketsList, contactsList) = (limits[3], limits[4])
    }
  }

  public static let names = ["trial", "growth", "pro", "enterprise", "unlimited"]
}

/// The second level of limits: which family a call belongs to.
enum CallFamily: String, CaseIterable, Sendable {
  case ticketsList = "tickets_list"
  case contactsList = "contacts_list"
  case ticketCreate = "ticket_create"
  case ticketUpdate = "ticket_update"

  /// The family of a call by method and path below `/api/v2`, existing or not.
  init?(method: String, path: [String], listCoversViews: Bool) {
    switch (method, path.first) {
    case ("GET", "tickets") where path.count == 1 || listCoversViews: self = .ticketsList
    case ("GET", "contacts") where path.count == 1: self = .contactsList
    case ("POST", "tickets") where path.count == 1 || path == ["tickets", "outbound_email"]:
      self = .ticketCreate
    case ("PUT", "tickets") where path.count == 2 && Int64(path[1]) != nil: self = .ticketUpdate
    default: return nil
    }
  }
}

extension Plan {
  func limit(of family: CallFamily) -> Int? {
    switch family {
    case .ticketsList: ticketsList
    case .contactsList: contactsList
    case .ticketCreate: ticketCreate
    case .ticketUpdate: ticketUpdate
    }
  }
}
