import ConsoleModel
import Helpdesk
import Terminal

/// Actions on the marked rows of the outbox. Words to customers are decided one by one.
extension ConsoleState {
  private var markedItems: [QueuedWrite] { outbox.items.filter { outbox.marks.contains($0.id) } }

  mutating func performOnMarkedItems(_ id: CommandID) -> [Effect] {
    switch id {
    case .itemRetry: return retryMarked()
    case .itemDiscard: return discardMarked()
    default:
      say("this is for one item at a time: Esc unmarks the \(outbox.marks.count) marked", .warning)
      return []
    }
  }

  /// Failed ones are tried again, unknown ones are looked for; the others are left as they are.
  private mutating func retryMarked() -> [Effect] {
    let effects = markedItems.compactMap { item -> Effect? in
      switch item.state {
      case .failed: .change(.retry, item.id)
      case .unknown: .change(.lookAgain, item.id)
      default: nil
      }
    }
    let left = outbox.marks.count - effects.count
    outbox.marks = []
    say(
      "\(Digits.count(effects.count, "item")) tried again or looked for"
        + (left > 0 ? ", \(left) left as they are" : ""))
    return effects
  }

  private mutating func discardMarked() -> [Effect] {
    let items = markedItems.filter { $0.state != .sending }
    guard !items.isEmpty else {
      say("what is marked is on its way; it cannot be discarded", .warning)
      return []
    }
    var lines = items.prefix(6).map { item in
      TextRun("#\(item.ticketID) \(OutboxText.kind(item)): \(OutboxText(self).target(item))")
    }
    if items.count > 6 { lines.append(TextRun("and \(items.count - 6) more")) }
    lines.append(TextRun("There is no way back.", .warning))
    return open(
      .question(
        Question(
          title: "DISCARD \(Digits.count(items.count, "MARKED ITEM").uppercased())?", lines: lines,
          yes: "y discard", action: .discard(items.map(\.id)))))
  }
}
