/// Follows which elements are open while markup is scanned, and says which tags to leave out so
/// that the parser's work stays linear: it looks through all open elements at each tag, and opens
/// unclosed formatting elements again in each paragraph.
struct TagNesting {
  private struct Open {
    var name: String
    var isBlock: Bool
  }

  private var open: [Open] = []
  private var openCount: [String: Int] = [:]
  /// How many of them are drawings and formulas.
  private var foreignCount = 0
  /// Opening tags left out whose closing tags have to be left out too.
  private var dropped: [String] = []
  private var droppedCount: [String: Int] = [:]
  /// Formatting elements that the parser may still hold open.
  private var formatting: [String] = []
  private var keptFormatting: Set<String> = []
  /// Formatting elements opened again so far, at most.
  private var work = 0

  private static let mostFormatting = 8
  private static let mostWork = 200_000
  private static let tableParts: Set<String> = ["td", "th", "tr", "tbody", "thead", "tfoot", "col"]
  private static let foreign: Set<String> = ["svg", "math"]
  /// Elements that a closing tag of another name inside them cannot end.
  private static let borders: Set<String> = [
    "table", "caption", "applet", "marquee", "object", "template", "button",
  ]

  /// False when the tag is to be left out.
  mutating func open(_ tag: MarkupTag, mustKeep: Bool, output: inout [UInt8]) -> Bool {
    countWork(into: &output)
    // Inside drawings and formulas each element holds what follows until it is closed.
    switch foreignCount > 0 && tag.kind != .formatting ? .inline : tag.kind {
    case .flat: return !isPartOfDroppedTable(tag.name)
    case .raw, .shownRaw, .plain, .document, .unwanted: return true
    case .formatting: return openFormatting(tag.name)
    case .block, .inline, .foreign:
      guard open.count < MailTextLimits.depth else {
        dropped.append(tag.name)
        droppedCount[tag.name, default: 0] += 1
        return false
      }
      open.append(Open(name: Self.key(tag.name), isBlock: tag.kind != .inline))
      openCount[Self.key(tag.name), default: 0] += 1
      if Self.foreign.contains(tag.name) { foreignCount += 1 }
      return true
    }
  }

  /// False when the closing tag is to be left out.
  mutating func close(
    _ kind: MarkupTag.Kind, _ name: String, mustKeep: Bool, output: inout [UInt8]
  ) -> Bool {
    countWork(into: &output)
    switch foreignCount > 0 && kind != .formatting ? .inline : kind {
    case .flat: return !isPartOfDroppedTable(name)
    case .shownRaw, .plain, .document: return true
    case .raw: return mustKeep
    case .unwanted: return false
    case .formatting:
      if let place = formatting.lastIndex(of: name) { formatting.remove(at: place) }
      return mustKeep || keptFormatting.contains(name)
    case .block, .inline, .foreign: break
    }
    if droppedCount[name, default: 0] > 0 {
      while let last = dropped.popLast() {
        droppedCount[last, default: 0] -= 1
        if last == name { break }
      }
      return false
    }
    guard let place = place(of: Self.key(name), isBlock: kind != .inline || foreignCount > 0) else {
      // The parser looks for it in vain, or it ends what is not followed here.
      work += open.count / 4
      return mustKeep || work <= Self.mostWork
    }
    for element in open[place...] {
      openCount[element.name, default: 0] -= 1
      if Self.foreign.contains(element.name) { foreignCount -= 1 }
    }
    open.removeSubrange(place...)
    dropped = []
    droppedCount = [:]
    return true
  }

  /// Counts what the next tag or text may make the parser open again; ends all formatting when
  /// that is too much.
  mutating func countWork(into output: inout [UInt8]) {
    work += formatting.count
    guard work > Self.mostWork, !formatting.isEmpty else { return }
    for name in formatting.reversed() { output += Array("</\(name)>".utf8) }
    formatting = []
  }

  private mutating func openFormatting(_ name: String) -> Bool {
    // A link ends the one before, so that there is never more than one.
    if name == "a", let place = formatting.firstIndex(of: name) { formatting.remove(at: place) }
    guard formatting.count < Self.mostFormatting, work <= Self.mostWork else { return false }
    formatting.append(name)
    keptFormatting.insert(name)
    return true
  }

  private func isPartOfDroppedTable(_ name: String) -> Bool {
    droppedCount["table", default: 0] > 0 && Self.tableParts.contains(name)
  }

  /// Where the element is that a closing tag ends, as far as it is sure that it does.
  private func place(of name: String, isBlock: Bool) -> Int? {
    guard openCount[name, default: 0] > 0 else { return nil }
    for place in open.indices.reversed() {
      let element = open[place]
      if element.name == name { return place }
      if isBlock ? Self.borders.contains(element.name) : element.isBlock { return nil }
    }
    return nil
  }

  /// Any heading ends any other.
  private static func key(_ name: String) -> String {
    let isHeading = name.utf8.count == 2 && name.hasPrefix("h") && name.last?.isNumber == true
    return isHeading ? "h1" : name
  }
}
