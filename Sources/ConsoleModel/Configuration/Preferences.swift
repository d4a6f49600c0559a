/// What a person has set in `config.toml`. Every setting has a default, so that the file need not
/// exist.
public struct Preferences: Equatable, Sendable {
  /// Seconds for which a confirmed reply or note is held and can be taken back.
  public var holdSeconds = 10
  public var afterAction = AfterAction.stay
  /// Milliseconds after a prompt was painted in which `y` is not taken yet.
  public var quietTimeMilliseconds = 250
  /// Bulk actions on more tickets than this ask for the number to be typed.
  public var bulkConfirmAbove = 25
  /// `auto` asks the terminal.
  public var theme = Theme.auto
  /// `auto` follows the locale.
  public var lineDrawing = LineDrawing.auto
  public var usesMouse = false
  /// Whether the terminal's cursor is seen at the row that is selected.
  public var showsCursor = false
  /// Whether the terminal rings when a customer has written.
  public var ringsBell = false
  /// Put under new replies in the console; empty for none.
  public var signature = ""
  /// The command that edits longer texts; empty for `VISUAL` or `EDITOR`.
  public var editor = ""
  /// Seconds between two looks for news while the console is open; 0 switches them off.
  public var syncSeconds = 60
  /// Days without change after which a ticket's thread is fetched only when it is opened.
  public var threadDays = 30
  /// The name of the view that the console opens with; empty for the first one.
  public var startView = ""
  /// Whether a warning is shown when the text speaks of an attachment and there is none.
  public var warnsOfMissingAttachment = true
  /// Whether leaving the console always asks.
  public var confirmsQuit = false
  /// `http://host:port`, `environment`, or empty for none.
  public var proxy = ""
  /// A file of trusted certificates in PEM form; empty for the system's.
  public var certificateFile = ""
  /// Whether the views that everybody has are left out.
  public var hidesStandardViews = false
  public var views: [ViewDefinition] = []
  public var replies: [ReplyDefinition] = []
  public var macros: [MacroDefinition] = []
  /// The shipped map of keys to begin with, by its name.
  public var keyPreset = "console"
  /// The person's own keys, in the order of the file.
  public var keys: [KeySetting] = []

  public init() {}

  /// The value of `proxy` that takes the environment's.
  public static let proxyOfEnvironment = "environment"

  /// Where the cursor goes after a reply, a resolve or a close.
  public enum AfterAction: String, CaseIterable, Sendable {
    case stay
    case next
    case queue
  }

  public enum Theme: String, CaseIterable, Sendable {
    case auto
    case dark
    case light
    case highContrast = "high-contrast"
    /// Readable on dark and on light backgrounds.
    case neutral
  }

  /// What borders and rules are drawn with.
  public enum LineDrawing: String, CaseIterable, Sendable {
    case auto
    case unicode
    case ascii
  }

  /// Keys of one action. `[keys]` is for all places, `[keys.queue]` for one.
  public struct KeySetting: Equatable, Sendable {
    public var action: String
    public var place: String?
    public var keys: [String]
    /// Where it stands in the file, from 1; for error messages.
    public var line: Int

    public init(action: String, place: String? = nil, keys: [String], line: Int = 0) {
      self.action = action
      self.place = place
      self.keys = keys
      self.line = line
    }
  }

  /// Changes that are made in one step, in people's words; what is nil or empty stays as it is.
  public struct MacroDefinition: Equatable, Sendable {
    public var name: String
    public var status: String?
    public var priority: String?
    /// A name, an address, `me` or `none`.
    public var agent: String?
    /// A name or `none`.
    public var group: String?
    /// A name or `none`.
    public var type: String?
    /// Tags to add, and with a minus sign in front tags to remove.
    public var tags: [String]
    /// Text of a reply, which the review shows before it is sent.
    public var reply: String?

    public init(
      name: String, status: String? = nil, priority: String? = nil, agent: String? = nil,
      group: String? = nil, type: String? = nil, tags: [String] = [], reply: String? = nil
    ) {
      self.name = name
      self.status = status
      self.priority = priority
      self.agent = agent
      self.group = group
      self.type = type
      self.tags = tags
      self.reply = reply
    }
  }

  /// A canned reply of one's own.
  public struct ReplyDefinition: Equatable, Sendable {
    public var name: String
    public var text: String

    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A named view in the words of the query language.
  public struct ViewDefinition: Equatable, Sendable {
    public var name: String
    public var query: String

    public init(name: String, query: String) {
      self.name = name
      self.query = query
    }
  }
}
