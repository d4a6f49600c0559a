import ConsoleModel
import Helpdesk
import Terminal

/// Words that are in memory only, because the disk took nothing.
extension ConsoleState {
  /// How long after a failed save the words of a closed editor are saved again.
  static let retryMilliseconds: Int64 = 5000

  /// Words that could not be saved, of the open editor and of closed ones, in the order of tickets.
  var unsavedWords: [Composer] {
    let closed = leaving.values.filter { $0.saveProblem != nil }
    let open = [composer].compactMap(\.self).filter {
      $0.saveProblem != nil && !$0.isSaved && !$0.isEmpty
    }
    return (closed + open).sorted {
      ($0.ticketID, $0.kind.rawValue) < ($1.ticketID, $1.kind.rawValue)
    }
  }

  /// The disk took nothing: the words stay in the editor, which opens again where it was just left.
  mutating func keepUnsaved(_ key: DraftKey, _ failure: CallFailure) {
    if composer?.key == key {
      composer?.dirtySince = now
      composer?.saveProblem = failure.sentence
      isQuitting = false
    } else if var left = leaving[key] {
      let isFirst = left.saveProblem == nil
      left.dirtySince = now
      left.saveProblem = failure.sentence
      leaving[key] = left
      isQuitting = false
      if isFirst, composer == nil {
        reopen(left)
      } else if !isFirst, message != nil {
        // A repeated failure does not hide what was said meanwhile.
        return
      }
    } else {
      return
    }
    if let file = editedFiles.last(where: { $0.key == key }) {
      say("NOT SAVED (\(failure.sentence)): the words are in \(file.path)", .error)
    } else if composer?.key == key {
      say(
        "NOT SAVED: \(shown(.editorExternal, in: .editor)) puts the words for #\(key.ticketID) into "
          + "a file; they are only in this window (\(failure.sentence))", .error)
    } else {
      say(
        "NOT SAVED: the words for #\(key.ticketID) are only in this window (\(failure.sentence)); "
          + "\(shown(.edit)) on it opens them", .error)
    }
  }

  /// Opens the editor again with words that are not on disk.
  mutating func reopen(_ words: Composer) {
    leaving[words.key] = nil
    composer = words
    composer?.origin = focus
    if focus == .queue { focus = .thread }
    screen = .desk
    isQuitting = false
    thread.open(words.ticketID)
    relayout()
  }

  /// Saves what is in the open editor, and keeps it in memory until it is on disk.
  mutating func setComposerAside() -> [Effect] {
    let effects = saveComposer()
    if let composer, savesUnderWay.contains(composer.key) { leaving[composer.key] = composer }
    return effects
  }

  /// Saves once more what could not be saved when its editor was closed.
  mutating func retryLeaving(atOnce: Bool = false) -> [Effect] {
    let due = leaving.values.filter { words in
      guard let since = words.dirtySince, !savesUnderWay.contains(words.key) else { return false }
      return atOnce || now >= since.after(Self.retryMilliseconds)
    }
    var effects: [Effect] = []
    for words in due {
      leaving[words.key]?.dirtySince = nil
      effects += save(words)
    }
    return effects
  }

  // Leaving without them

  /// The words are nowhere but in this window, so leaving them is asked about.
  mutating func askToDrop(_ words: Composer, _ problem: String) -> [Effect] {
    open(
      .question(
        Question(
          title: "LEAVE the words for #\(words.ticketID)?",
          lines: [
            TextRun("They could not be saved: \(problem)", .warning),
            TextRun("They are only in this window. y leaves WITHOUT them."),
            TextRun(
              "\(shown(.editorExternal, in: .editor)) in the editor puts them into a file of $EDITOR."
            ),
          ], yes: "y leave without them", action: .dropWords)))
  }

  /// The user has said that the words may go.
  mutating func dropWords() -> [Effect] {
    if let key = composer?.key { leaving[key] = nil }
    closeComposer()
    say("left without the words that could not be saved", .warning)
    return []
  }

  /// Ending the program would lose words, so it asks.
  mutating func askToQuitWithout(_ words: [Composer]) -> [Effect] {
    var tickets: [String] = []
    for name in words.map({ "#\($0.ticketID)" }) where !tickets.contains(name) {
      tickets.append(name)
    }
    let names = tickets.prefix(3).joined(separator: ", ") + (tickets.count > 3 ? ", ..." : "")
    return open(
      .question(
        Question(
          title: "QUIT without the words for \(names)?",
          lines: [
            TextRun("They could not be saved: \(words.first?.saveProblem ?? "")", .warning),
            TextRun("They are only in this window. y quits WITHOUT them."),
            TextRun("\(shown(.edit)) on the ticket opens them; they are saved again meanwhile."),
          ], yes: "y quit without them", action: .quitWithoutWords)))
  }

  /// Saves the words a last time and ends, whatever comes of it.
  mutating func quitWithoutWords() -> [Effect] {
    let effects = quitNow()
    for words in unsavedWords {
      leaving[words.key] = nil
      if composer?.key == words.key { closeComposer() }
    }
    return effects
  }
}
