import Terminal

extension ConsoleState {
  /// Commands whose words hold the typed letters in order; named ones only, best first.
  func paletteMatches(_ palette: PaletteState) -> [CommandRecord] {
    let typed = palette.field.text.lowercased().filter { $0 != " " }
    let named = keys.records.filter { $0.name != nil }
    guard !typed.isEmpty else { return named }
    return named.compactMap { record -> (CommandRecord, Int)? in
      let name = record.name ?? ""
      let title = record.title.lowercased()
      let words = palette.field.text.lowercased().trimmed
      if name.hasPrefix(words) { return (record, 0) }
      if title.split(separator: " ").contains(where: { $0.hasPrefix(words) }) { return (record, 1) }
      if name.contains(words) || title.contains(words) { return (record, 2) }
      return Self.isSubsequence(typed, of: name) ? (record, 3) : nil
    }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  private static func isSubsequence(_ letters: String, of text: String) -> Bool {
    var rest = text[...]
    for letter in letters {
      guard let index = rest.firstIndex(of: letter) else { return false }
      rest = rest[rest.index(after: index)...]
    }
    return true
  }

  mutating func editPalette(_ key: Key) -> [Effect] {
    guard case .palette(var palette)? = dialogs.last else { return [] }
    if palette.field.handle(key) { palette.cursor = 0 }
    dialogs[dialogs.count - 1] = .palette(palette)
    return []
  }

  mutating func takeFromPalette(_ palette: PaletteState) -> [Effect] {
    let matches = paletteMatches(palette)
    guard matches.indices.contains(palette.cursor) else {
      say("no command matches")
      return []
    }
    let record = matches[palette.cursor]
    closeDialog()
    let key = keys.shownKey(record.id, in: place)
    let effects = ask(for: record.id)
    if message == nil, let key { say("\(record.title): \(key)") }
    return effects
  }
}
