import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The keys of questions, menus, lines and lists in boxes.
  mutating func answer(_ id: CommandID) -> [Effect] {
    guard let dialog = dialogs.last else { return [] }
    switch (id, dialog) {
    case (.yes, .question(let question)): return accept(question)
    case (.no, .question), (.no, .plan):
      dialogs.removeAll()
      say("nothing was changed")
      return []
    case (.cancel, .line(let line)): return cancel(line)
    case (.cancel, .reader(let reader)):
      noteRead(reader)
      closeDialog()
      return []
    case (.cancel, _):
      closeDialog()
      return []
    case (_, .menu):
      switch id {
      case .choose: return pressInMenu(.enter)
      case .chooseNext: return pressInMenu(.down)
      default: return pressInMenu(.up)
      }
    case (.choose, .line(let line)): return takeLine(line)
    case (.choose, .palette(let palette)): return takeFromPalette(palette)
    case (.choose, .files(let files)): return openFile(files)
    case (.choose, .canned(let canned)):
      let matches = canned.matches
      guard matches.indices.contains(canned.cursor) else { return [] }
      closeDialog()
      return insertCanned(matches[canned.cursor])
    case (.complete, .line(let line)): return complete(line)
    case (.chooseNext, _), (.choosePrevious, _):
      return choose(id == .chooseNext ? 1 : -1, in: dialog)
    default: break
    }
    return []
  }

  private mutating func cancel(_ line: LinePrompt) -> [Effect] {
    closeDialog()
    if case .filter = line.purpose { return setFilter("") }
    return []
  }

  /// Tab takes the chosen completion, or the first one, or steps on to the next.
  private mutating func complete(_ line: LinePrompt) -> [Effect] {
    var line = line
    guard !line.suggestions.isEmpty else {
      if line.purpose.isPath { return [.findPaths(line.field.text)] }
      return []
    }
    let row = line.cursor.map { ($0 + 1) % line.suggestions.count } ?? 0
    let text = line.suggestions[row].text
    if line.suggestions.count == 1 {
      line.field.replace(with: text)
      if case .command = line.purpose { line.suggestions = commandSuggestions(text) }
      line.cursor = nil
    } else {
      line.field.replace(with: text)
      line.cursor = row
    }
    dialogs[dialogs.count - 1] = .line(line)
    // A folder that is complete is looked into.
    if line.purpose.isPath, line.cursor == nil { return [.findPaths(text)] }
    return []
  }

  private mutating func choose(_ step: Int, in dialog: Dialog) -> [Effect] {
    switch dialog {
    case .line(var line):
      if case .filter = line.purpose {
        return moveInQueue(step > 0 ? .rowDown : .rowUp)
      }
      guard !line.suggestions.isEmpty else {
        recall(step, in: line)
        return []
      }
      let count = line.suggestions.count
      line.cursor = line.cursor.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
      dialogs[dialogs.count - 1] = .line(line)
    case .palette(var palette):
      let count = paletteMatches(palette).count
      palette.cursor = max(0, min(count - 1, palette.cursor + step))
      dialogs[dialogs.count - 1] = .palette(palette)
    case .canned(var canned):
      canned.cursor = max(0, min(canned.matches.count - 1, canned.cursor + step))
      dialogs[dialogs.count - 1] = .canned(canned)
    case .files(var files):
      files.viewport.move(
        by: step, count: files.items.count, height: max(1, size.height - 8))
      dialogs[dialogs.count - 1] = .files(files)
    default: break
    }
    return []
  }

  /// Up and Down in a line without completions: what was typed in lines of its kind before.
  private mutating func recall(_ step: Int, in line: LinePrompt) {
    guard let kind = line.purpose.history else { return }
    let earlier = lineHistory[kind, default: []]
    var line = line
    let place = (line.recalled ?? earlier.count) + step
    guard place >= 0, place <= earlier.count else { return }
    if line.recalled == nil { line.typed = line.field.text }
    line.recalled = place == earlier.count ? nil : place
    line.field.replace(with: place == earlier.count ? line.typed : earlier[place])
    dialogs[dialogs.count - 1] = .line(line)
  }

  /// Notes what was typed, the newest last and every text once.
  mutating func remember(_ text: String, of purpose: LinePrompt.Purpose) {
    guard let kind = purpose.history, !text.isEmpty else { return }
    var earlier = lineHistory[kind, default: []].filter { $0 != text }
    earlier.append(text)
    lineHistory[kind] = Array(earlier.suffix(Self.longestHistory))
  }

  private static let longestHistory = 50

  mutating func editCanned(_ key: Key) -> [Effect] {
    guard case .canned(var canned)? = dialogs.last else { return [] }
    if canned.field.handle(key) { canned.cursor = 0 }
    dialogs[dialogs.count - 1] = .canned(canned)
    return []
  }

  /// A text read to its end counts as read in the review below.
  private mutating func noteRead(_ reader: ReaderState) {
    let height = ReaderLayout(size: size).height
    guard reader.isReviewText,
      reader.scroll.isAtEnd(count: reader.lines.count, height: height),
      dialogs.count >= 2, case .review(var review) = dialogs[dialogs.count - 2]
    else { return }
    review.isRead = true
    dialogs[dialogs.count - 2] = .review(review)
  }

  // Questions

  /// `y`: only after the quiet time, and after the number where one is wanted.
  private mutating func accept(_ question: Question) -> [Effect] {
    guard takesConfirmation() else { return [] }
    dialogs.removeAll()
    switch question.action {
    case .submit(let submissions, let context): return [.submit(submissions, context)]
    case .change(let change, let id): return [.change(change, id)]
    case .discard(let ids):
      outbox.marks.subtract(ids)
      return ids.map { .change(.discard, $0) }
    case .removeDraft(let id, let reference): return discardDraft(id, reference)
    case .dropWords: return dropWords()
    case .letSendingGoOn: return [.setStopped(false)]
    case .quit: return quitNow()
    case .quitWithoutWords: return quitWithoutWords()
    }
  }

  /// Digits for the number of a question, and `y` behind the right one.
  mutating func typeNumber(_ key: Key) -> [Effect] {
    switch dialogs.last {
    case .question(var question):
      guard var number = question.number else { return [] }
      if key == .character("y") {
        guard number.isRight else {
          say("type \(number.wanted) first", .warning)
          return []
        }
        return accept(question)
      }
      number.type(key)
      question.number = number
      dialogs[dialogs.count - 1] = .question(question)
    case .plan(var plan):
      guard var number = plan.number else { return [] }
      number.type(key)
      plan.number = number
      dialogs[dialogs.count - 1] = .plan(plan)
    default: break
    }
    return []
  }
}

extension NumberEntry {
  /// Takes digits and the keys that delete them.
  mutating func type(_ key: Key) {
    switch key {
    case .character(let character):
      if character.isASCII, character.isNumber, field.text.count < 9 { _ = field.handle(key) }
    case .backspace, .delete, .left, .right: _ = field.handle(key)
    default: break
    }
  }
}
