import ConsoleModel
import ConsoleUI
import Helpdesk

extension QueueReads {
  /// The queue as the cache has it. `markSeen` runs beside the screen.
  static func from(
    _ reader: CacheReader, cache: CacheStore, preferences: Preferences, failures: CacheFailures
  ) -> QueueReads {
    QueueReads(
      views: { failures.attempt([]) { try reader.views(of: preferences) } },
      counts: {
        failures.attempt(QueueCounts()) {
          QueueCounts(
            views: try reader.views(of: preferences).map { try reader.count($0.query) },
            newWords: try reader.needingAnswerCount())
        }
      },
      count: { query in
        failures.attempt(nil) { try reader.count(query) }
      },
      rows: { query, place, limit in
        failures.attempt([]) { try reader.rows(query, after: place, limit: limit) }
      },
      rowsBefore: { query, place, limit in
        failures.attempt([]) { try reader.rows(query, before: place, limit: limit) }
      },
      lastRows: { query, limit in
        failures.attempt([]) { try reader.rows(query, before: nil, limit: limit) }
      },
      position: { ticket, query in
        failures.attempt(nil) { try reader.position(of: ticket, in: query) }
      },
      rowsOf: { tickets in failures.attempt([]) { try tickets.compactMap { try reader.row($0) } } },
      identifiers: { query, limit in
        failures.attempt([]) { try identifiers(query, limit, reader) }
      },
      tickets: { ids in failures.attempt([]) { try ids.compactMap { try reader.ticket($0) } } },
      detail: { ticket in failures.attempt(nil) { try reader.detail(ticket) } },
      search: { words, limit in
        failures.attempt([]) { try find(words, limit, reader) }
      },
      parse: { text in
        do {
          return .success(try reader.query(text))
        } catch {
          return .failure(FailureSentences.failure(for: error))
        }
      },
      describe: { query in
        failures.attempt("") { try reader.language().text(query) }
      },
      complete: { text in failures.attempt([]) { try reader.completions(of: text) } },
      markSeen: { ticket in Task { try? await cache.markSeen(ticket) } })
  }

  private static func identifiers(
    _ query: QueueQuery, _ limit: Int, _ reader: CacheReader
  ) throws -> [TicketID] {
    var found: [TicketID] = []
    var place: QueuePosition?
    while found.count < limit {
      let rows = try reader.rows(query, after: place, limit: min(500, limit - found.count))
      guard let last = rows.last else { break }
      found += rows.map(\.id)
      place = last.position
    }
    return found
  }

  /// Customers with their newest tickets, then the tickets whose texts have the words.
  private static func find(_ words: String, _ limit: Int, _ reader: CacheReader) throws
    -> [SearchLine]
  {
    var lines: [SearchLine] = []
    for customer in try reader.customers(words) {
      let details = [customer.email, customer.phone].compactMap { $0 }
      lines.append(
        .customer(
          CustomerHit(
            who: customer.who, name: customer.name, details: details,
            ticketCount: customer.ticketCount)))
      lines += customer.tickets.map { row in
        .ticket(
          TicketHit(
            ticketID: row.id, subject: row.subject, requesterName: row.requesterName,
            statusLabel: row.statusLabel, at: row.updatedAt,
            snippet: "\(row.statusLabel)  \(row.requesterName)"))
      }
    }
    return lines + (try reader.search(words, limit: limit, growing: true).hits.map(hit))
  }

  private static func hit(_ hit: SearchHit) -> SearchLine {
    .ticket(
      TicketHit(
        ticketID: hit.row.id, subject: hit.row.subject, requesterName: hit.row.requesterName,
        statusLabel: hit.row.statusLabel, at: hit.row.updatedAt, snippet: hit.snippet))
  }
}
