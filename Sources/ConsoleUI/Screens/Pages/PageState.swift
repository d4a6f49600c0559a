import Helpdesk
import Terminal

/// A full screen made of lines: views, log, help, search results.
public struct PageState: Equatable, Sendable {
  var viewport = ListViewport()
  var height = 1
  /// Lines of a page that is made when it is opened.
  var lines: [PageLine] = []
  /// What a search found.
  public internal(set) var found: [SearchLine] = []
  /// The tickets of it, in their order.
  var hits: [TicketHit] { found.compactMap(\.ticket) }
  /// The ticket under the cursor.
  var hit: TicketHit? {
    found.indices.contains(viewport.cursor) ? found[viewport.cursor].ticket : nil
  }
  /// The words that the results were found with.
  public internal(set) var words = ""
  var matchWords = ""

  mutating func move(to row: Int, count: Int) {
    viewport.move(to: row, count: count, height: height)
  }
}

/// One line of a page.
struct PageLine: Equatable, Sendable {
  var text: String
  var role: Role
  var key: String = ""
}
