/// Reads `config.toml`. An unknown key or a value that does not fit is an error with its place.
public struct PreferencesFile: Sendable {
  public let path: String

  public init(profile: Profile) { path = profile.preferencesFile }

  /// The defaults when there is no file.
  public func load() throws(ConfigurationError) -> Preferences {
    guard let text = try PrivateFile.read(path, isSecret: false) else { return Preferences() }
    return try Self.read(text, path: path)
  }

  /// `path` is for error messages only.
  public static func read(_ text: String, path: String) throws(ConfigurationError) -> Preferences {
    let reader = TOMLReader(path: path)
    var preferences = Preferences()
    for entry in try TOMLDocument.parse(text, path: path) {
      try read(entry, into: &preferences, reader)
    }
    return preferences
  }

  /// Every setting with its default and its meaning, as a file to start from.
  public static var defaults: String {
    let preferences = Preferences()
    var text = "# Settings of ticket-console. All of them are optional; these are the defaults.\n"
    for setting in settings {
      text += "\n# \(setting.meaning)\n\(setting.key) = \(setting.show(preferences))\n"
    }
    return text + """

      # A view of the queue, added to the standard ones; one of the same name replaces it.
      # The query language is described in the manual page.
      # [[views]]
      # name = "Urgent and mine"
      # query = "agent:me priority:urgent status:open"

      # Changes in one step, for m; agent may be "me" or "none", a tag with - is taken away.
      # [[macros]]
      # name = "VPN to the network team"
      # status = "Pending"
      # priority = "High"
      # group = "Network"
      # agent = "none"
      # type = "Incident"
      # tags = ["vpn", "-new"]
      # With a text, the review opens before anything is sent; {{ticket.requester.firstname}} and
      # other placeholders are filled in. The status is then set with the reply.
      # reply = "Hello,\\nwe have passed this on to the network team."

      # Canned replies of your own, listed before those of the helpdesk.
      # [[replies]]
      # name = "Ask for the log"
      # text = "Hello {{ticket.requester.firstname}},\\nplease send us the log."

      # The map of keys: "console", "mutt" or "web". Then keys of an action, instead of those
      # of the map, in all places or in one; help (?) shows the result.
      # [keys]
      # preset = "mutt"
      # reply = ["r", "B"]
      # [keys.thread]
      # files = "E"

      """
  }

  private static func read(
    _ entry: TOMLValue.Entry, into preferences: inout Preferences, _ reader: TOMLReader
  ) throws(ConfigurationError) {
    switch entry.key {
    case "views":
      for value in try reader.array(entry) {
        preferences.views.append(try view(value, reader))
      }
    case "macros":
      for value in try reader.array(entry) {
        preferences.macros.append(try macro(value, reader))
      }
    case "replies":
      for value in try reader.array(entry) {
        preferences.replies.append(try reply(value, reader))
      }
    case "keys":
      if case .string(let preset) = entry.value.content {
        preferences.keyPreset = preset
        break
      }
      for binding in try reader.table(entry.value) {
        if binding.key == "preset" {
          preferences.keyPreset = try reader.string(binding)
        } else if case .table(let inside) = binding.value.content {
          for setting in inside {
            preferences.keys.append(try self.setting(setting, in: binding.key, reader))
          }
        } else {
          preferences.keys.append(try setting(binding, in: nil, reader))
        }
      }
      preferences.keys.sort { $0.line < $1.line }
    default:
      guard let setting = settings.first(where: { $0.key == entry.key }) else {
        throw reader.unknown(
          entry, known: settings.map(\.key) + ["views", "macros", "replies", "keys"])
      }
      try setting.read(reader, entry, &preferences)
    }
  }

  private static func view(_ value: TOMLValue, _ reader: TOMLReader) throws(ConfigurationError)
    -> Preferences.ViewDefinition
  {
    var view = Preferences.ViewDefinition(name: "", query: "")
    for entry in try reader.table(value) {
      switch entry.key {
      case "name": view.name = try reader.string(entry)
      case "query": view.query = try reader.string(entry)
      default: throw reader.unknown(entry, known: ["name", "query"])
      }
    }
    if view.name.isEmpty { throw reader.problem(value, "a view needs a name") }
    return view
  }

  private static func reply(_ value: TOMLValue, _ reader: TOMLReader) throws(ConfigurationError)
    -> Preferences.ReplyDefinition
  {
    var reply = Preferences.ReplyDefinition(name: "", text: "")
    for entry in try reader.table(value) {
      switch entry.key {
      case "name": reply.name = try reader.string(entry)
      case "text": reply.text = try reader.string(entry)
      default: throw reader.unknown(entry, known: ["name", "text"])
      }
    }
    if reply.name.isEmpty { throw reader.problem(value, "a canned reply needs a name") }
    if reply.text.isEmpty { throw reader.problem(value, "a canned reply needs a text") }
    return reply
  }

  private static func macro(_ value: TOMLValue, _ reader: TOMLReader) throws(ConfigurationError)
    -> Preferences.MacroDefinition
  {
    var macro = Preferences.MacroDefinition(name: "")
    for entry in try reader.table(value) {
      switch entry.key {
      case "name": macro.name = try reader.string(entry)
      case "status": macro.status = try reader.string(entry)
      case "priority": macro.priority = try reader.string(entry)
      case "agent": macro.agent = try reader.string(entry)
      case "group": macro.group = try reader.string(entry)
      case "type": macro.type = try reader.string(entry)
      case "tags": macro.tags = try words(entry, reader)
      case "reply": macro.reply = try reader.string(entry)
      default:
        throw reader.unknown(
          entry, known: ["name", "status", "priority", "agent", "group", "type", "tags", "reply"])
      }
    }
    if macro.name.isEmpty { throw reader.problem(value, "a macro needs a name") }
    if macro == Preferences.MacroDefinition(name: macro.name) {
      throw reader.problem(value, "the macro \"\(macro.name)\" changes nothing")
    }
    var allowed = Preferences.MacroDefinition(name: macro.name, status: macro.status)
    allowed.reply = macro.reply
    if macro.reply != nil, macro != allowed {
      throw reader.problem(
        value, "the macro \"\(macro.name)\" has a reply; only a status can be set with it")
    }
    return macro
  }

  private static func setting(
    _ entry: TOMLValue.Entry, in place: String?, _ reader: TOMLReader
  ) throws(ConfigurationError) -> Preferences.KeySetting {
    Preferences.KeySetting(
      action: entry.key, place: place, keys: try words(entry, reader), line: entry.value.line)
  }

  /// One word or a list of words.
  private static func words(_ entry: TOMLValue.Entry, _ reader: TOMLReader)
    throws(ConfigurationError) -> [String]
  {
    if case .string(let word) = entry.value.content { return [word] }
    var words: [String] = []
    for value in try reader.array(entry) {
      words.append(try reader.string(.init(key: entry.key, value: value)))
    }
    return words
  }

  /// One line of the file: its name, its meaning, how it is read and how it is written.
  private struct Setting: Sendable {
    var key: String
    var meaning: String
    var read:
      @Sendable (TOMLReader, TOMLValue.Entry, inout Preferences) throws(ConfigurationError) -> Void
    var show: @Sendable (Preferences) -> String
  }

  private static func number(
    _ key: String, _ field: WritableKeyPath<Preferences, Int> & Sendable, _ range: ClosedRange<Int>,
    _ meaning: String
  ) -> Setting {
    Setting(
      key: key, meaning: meaning,
      read: { reader, entry, preferences throws(ConfigurationError) in
        preferences[keyPath: field] = try reader.integer(entry, in: range)
      },
      show: { String($0[keyPath: field]) })
  }

  private static func flag(
    _ key: String, _ field: WritableKeyPath<Preferences, Bool> & Sendable, _ meaning: String
  ) -> Setting {
    Setting(
      key: key, meaning: meaning,
      read: { reader, entry, preferences throws(ConfigurationError) in
        preferences[keyPath: field] = try reader.flag(entry)
      },
      show: { String($0[keyPath: field]) })
  }

  private static func text(
    _ key: String, _ field: WritableKeyPath<Preferences, String> & Sendable, _ meaning: String
  ) -> Setting {
    Setting(
      key: key, meaning: meaning,
      read: { reader, entry, preferences throws(ConfigurationError) in
        preferences[keyPath: field] = try reader.string(entry)
      },
      show: { TOMLWriter.quoted($0[keyPath: field]) })
  }

  private static func choice<Value: RawRepresentable & CaseIterable & Sendable>(
    _ key: String, _ field: WritableKeyPath<Preferences, Value> & Sendable, _ meaning: String
  ) -> Setting where Value.RawValue == String {
    Setting(
      key: key,
      meaning: meaning + " One of "
        + Value.allCases.map { TOMLWriter.quoted($0.rawValue) }.joined(separator: ", ") + ".",
      read: { reader, entry, preferences throws(ConfigurationError) in
        let word = try reader.choice(entry, of: Value.allCases.map(\.rawValue))
        if let value = Value(rawValue: word) { preferences[keyPath: field] = value }
      },
      show: { TOMLWriter.quoted($0[keyPath: field].rawValue) })
  }

  private static let settings: [Setting] = [
    number(
      "hold_seconds", \.holdSeconds, 0...600,
      "Seconds for which a confirmed reply or note can be taken back."),
    choice(
      "after_action", \.afterAction,
      "Where to go after a reply, resolve or close; resolve and close never stay."),
    number(
      "quiet_time_ms", \.quietTimeMilliseconds, 0...5000,
      "Milliseconds after a prompt was painted in which y is not taken yet."),
    number(
      "bulk_confirm_above", \.bulkConfirmAbove, 0...1_000_000,
      "Bulk actions on more tickets than this ask for the number to be typed; closing always does."),
    choice("theme", \.theme, "Colours; auto asks the terminal, neutral suits both backgrounds."),
    choice("lines", \.lineDrawing, "What borders are drawn with; auto follows the locale."),
    flag(
      "mouse", \.usesMouse,
      "Whether the mouse selects and scrolls; the terminal then selects text with Shift."),
    flag(
      "show_cursor", \.showsCursor,
      "Whether the terminal's cursor is seen at the selected row, which it always stands at."),
    flag(
      "bell", \.ringsBell,
      "Whether the terminal rings when a customer has written and its window is not in use."),
    text("signature", \.signature, "Put under new replies in the console; \\n begins a line."),
    text("editor", \.editor, "The command that edits longer texts; empty for VISUAL or EDITOR."),
    number(
      "sync_seconds", \.syncSeconds, 0...86_400,
      "Seconds between two looks for news while the console is open; 0 for none."),
    number(
      "thread_days", \.threadDays, 0...36_500,
      "Days without change after which a thread is fetched only when it is opened."),
    text("start_view", \.startView, "The name of the view to open with; empty for the first one."),
    flag(
      "warn_missing_attachment", \.warnsOfMissingAttachment,
      "Whether to warn when a text speaks of an attachment and there is none."),
    flag(
      "hide_standard_views", \.hidesStandardViews,
      "Whether the standard views are left out when you have your own."),
    flag(
      "confirm_quit", \.confirmsQuit,
      "Whether leaving the console always asks; with open items in the outbox it asks anyway."),
    text(
      "proxy", \.proxy,
      "http://host:port for connections to the helpdesk, or \"environment\" for https_proxy; empty for none."
    ),
    text(
      "ca_file", \.certificateFile,
      "A file of trusted certificates in PEM form instead of the system's; empty for those."),
  ]
}
