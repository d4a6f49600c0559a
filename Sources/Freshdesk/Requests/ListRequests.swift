import Helpdesk

/// Reads. Costs and families after the vendor's documentation of 2026 and recorded traffic: on the
/// wire every read below `/tickets` counts as a ticket list, and each `include` costs one credit in
/// a view and two in a list.
extension FreshdeskRequest {
  /// The largest page that Freshdesk serves.
  static let perPage = 100

  private static func list(
    _ path: String, page: Int, perPage: Int? = nil, family: RequestFamily = .account,
    query: [(name: String, value: String)] = []
  ) -> FreshdeskRequest {
    FreshdeskRequest(
      path: path,
      query: query + [("page", String(page)), ("per_page", String(perPage ?? Self.perPage))],
      family: family,
      totalDeadline: .seconds(60))
  }

  static func me() -> FreshdeskRequest { FreshdeskRequest(path: "/agents/me") }

  static func agents(page: Int) -> FreshdeskRequest { list("/agents", page: page) }

  static func groups(page: Int) -> FreshdeskRequest { list("/groups", page: page) }

  static func group(_ id: GroupID) -> FreshdeskRequest { FreshdeskRequest(path: "/groups/\(id)") }

  static func ticketFields() -> FreshdeskRequest { FreshdeskRequest(path: "/ticket_fields") }

  static func cannedResponseFolders() -> FreshdeskRequest {
    FreshdeskRequest(path: "/canned_response_folders")
  }

  static func cannedResponses(folder: Int64) -> FreshdeskRequest {
    FreshdeskRequest(path: "/canned_response_folders/\(folder)/responses")
  }

  static func companies(updatedSince: Timestamp?, page: Int) -> FreshdeskRequest {
    list("/companies", page: page, query: since("updated_since", updatedSince))
  }

  static func contacts(updatedSince: Timestamp?, page: Int) -> FreshdeskRequest {
    list(
      "/contacts", page: page, family: .contactReads, query: since("updated_since", updatedSince))
  }

  static func contact(_ id: ContactID) -> FreshdeskRequest {
    FreshdeskRequest(path: "/contacts/\(id)")
  }

  /// Without `updated_since` only tickets of the last 30 days would come; ascending, because a
  /// ticket that is touched meanwhile then moves towards the pages still to come.
  static func tickets(_ listing: TicketListing, includes: [TicketInclude]) -> FreshdeskRequest {
    var request = list(
      "/tickets", page: listing.page, perPage: listing.perPage, family: .ticketReads,
      query: [
        ("updated_since", listing.updatedSince.description), ("order_by", "updated_at"),
        ("order_type", listing.isNewestFirst ? "desc" : "asc"),
      ])
    request.include(includes, creditsEach: 2)
    return request
  }

  /// Lists do not say how long they are; a search that finds everything does.
  static func ticketCount() -> FreshdeskRequest {
    FreshdeskRequest(path: "/search/tickets", query: [("query", "\"created_at:>'1970-01-01'\"")])
  }

  static func emailConfigs() -> FreshdeskRequest { list("/email_configs", page: 1) }

  static func products() -> FreshdeskRequest { list("/products", page: 1) }

  /// The lists of the trash and of spam. Without includes: the tickets are known.
  static func removedTickets(
    _ kind: TicketRemoval, updatedSince: Timestamp, page: Int
  ) -> FreshdeskRequest {
    list(
      "/tickets", page: page, family: .ticketReads,
      query: [
        ("filter", kind.rawValue), ("updated_since", updatedSince.description),
        ("order_by", "updated_at"), ("order_type", "asc"),
      ])
  }

  static func ticket(_ id: TicketID, includes: [TicketInclude]) -> FreshdeskRequest {
    var request = FreshdeskRequest(path: "/tickets/\(id)", family: .ticketReads)
    request.include(includes.filter { $0 != .description }, creditsEach: 1)
    return request
  }

  static func conversations(of id: TicketID, page: Int, perPage: Int? = nil) -> FreshdeskRequest {
    list("/tickets/\(id)/conversations", page: page, perPage: perPage, family: .ticketReads)
  }

  static func satisfactionRatings(createdSince: Timestamp?, page: Int) -> FreshdeskRequest {
    list(
      "/surveys/satisfaction_ratings", page: page,
      query: since("created_since", createdSince))
  }

  private mutating func include(_ includes: [TicketInclude], creditsEach: Int) {
    guard !includes.isEmpty else { return }
    query.append(("include", includes.map(\.rawValue).joined(separator: ",")))
    cost += creditsEach * includes.count
  }

  private static func since(_ name: String, _ moment: Timestamp?) -> [(
    name: String, value: String
  )] {
    moment.map { [(name, $0.description)] } ?? []
  }
}

/// What a ticket carries along beyond its own fields, for extra credits.
public enum TicketInclude: String, Sendable, CaseIterable {
  case requester
  case stats
  /// The customer's first words; a view has them anyway, for nothing.
  case description
}
