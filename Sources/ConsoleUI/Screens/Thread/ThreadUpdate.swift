import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  mutating func moveInThread(_ id: CommandID) {
    switch id {
    case .first: thread.showFirst()
    case .last: thread.showLast()
    default: thread.scroll(by: distance(id, height: thread.size.height))
    }
  }

  mutating func performInThread(_ id: CommandID) -> [Effect] {
    switch id {
    case .foldMessage: thread.toggleFold()
    case .foldAll: thread.foldAll(true)
    case .unfoldAll: thread.foldAll(false)
    case .quotes:
      thread.showsQuotes.toggle()
      thread.rebuild()
      say(thread.showsQuotes ? "quoted text is shown" : "quoted text is folded")
    case .headers:
      thread.showsHeaders.toggle()
      thread.rebuild()
    case .notes:
      let all = NoteFilter.allCases
      let index = all.firstIndex(of: thread.noteFilter) ?? 0
      thread.noteFilter = all[(index + 1) % all.count]
      thread.rebuild()
      say(thread.noteFilter.words)
    case .nextMatch, .previousMatch: return showMatch(id == .nextMatch ? 1 : -1)
    case .files: return openFiles()
    case .copyNumber:
      return currentTicket.map { [.copy("#\($0)")] } ?? []
    case .copyAddress, .openBrowser:
      guard let base = directory.account.ticketPageBase, let id2 = currentTicket else {
        say("this helpdesk has no known address of its pages")
        return []
      }
      return [id == .copyAddress ? .copy("\(base)\(id2)") : .openAddress("\(base)\(id2)")]
    default: break
    }
    return []
  }

  private mutating func showMatch(_ step: Int) -> [Effect] {
    switch place {
    case .thread:
      if !thread.search.isActive {
        say("no search yet; \(shown(.searchText, in: .thread)) searches this thread")
      } else if !thread.showMatch(step) {
        say("no match for \(thread.search.words)")
      }
    case .queue:
      guard !queue.filter.isEmpty else {
        say("nothing is filtered; / filters the queue")
        return []
      }
      return moveInQueue(step > 0 ? .rowDown : .rowUp)
    default: showPageMatch(step)
    }
    return []
  }
}

/// Finds web addresses in readable text.
enum WebAddresses {
  /// The first `limit` addresses, in order; the text is read up to 64 KB.
  static func find(in text: String, limit: Int) -> [String] {
    var found: [String] = []
    let bytes = Array(text.utf8.prefix(64 << 10))
    var index = 0
    while index + 8 < bytes.count, found.count < limit {
      guard bytes[index] == UInt8(ascii: "h"),
        starts(bytes, index, "https://")
          || starts(bytes, index, "http://")
      else {
        index += 1
        continue
      }
      var end = index
      while end < bytes.count, isPart(bytes[end]) { end += 1 }
      while end > index, isPunctuation(bytes[end - 1]) { end -= 1 }
      let address = String(decoding: bytes[index..<end], as: UTF8.self)
      if address.utf8.count > 9, address.utf8.count < 2000 { found.append(address) }
      index = max(end, index + 1)
    }
    return found
  }

  private static func starts(_ bytes: [UInt8], _ index: Int, _ word: String) -> Bool {
    bytes[index...].starts(with: word.utf8)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"<>\"`{}|\\^".utf8.contains(byte)
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool { ".,;:!?)]'*".utf8.contains(byte) }
}
