/// Which colours each role has, on dark, light and unknown backgrounds; the only place with colours.
public enum Theme: String, CaseIterable, Sendable {
  case dark
  case light
  case highContrast = "high-contrast"
  /// For a terminal that does not say what background it has: readable on both.
  case neutral

  /// How a role is drawn with so many colours.
  public func style(for role: Role, depth: ColorDepth) -> Style {
    var style = Style(attributes: role.attributes)
    guard depth != .none, let colours = colours(of: role) else { return style }
    switch depth {
    case .none: break
    case .many:
      style.foreground = colours.many.foreground
      style.background = colours.many.background
    case .sixteen:
      style.foreground = colours.few.foreground
      style.background = colours.few.background
    case .eight:
      style.foreground = Self.basic(colours.few.foreground)
      style.background = Self.basic(colours.few.background)
    }
    if style.background != .standard {
      // The background says it; each attribute costs bytes in two rows at every move of the cursor.
      style.attributes.remove(.reverse)
      if role != .danger { style.attributes.remove(.bold) }
    }
    if style.foreground != .standard, style.background == .standard {
      // Dimmed colours vanish on many terminals; the colour itself is the quiet one.
      style.attributes.remove(.dim)
    }
    return style
  }

  /// The bright colours without their brightness; bright black, which is grey, becomes the
  /// terminal's own colour.
  private static func basic(_ color: Color) -> Color {
    switch color {
    case .palette(8): .standard
    case .palette(let index) where index > 8: .palette(index - 8)
    default: color
    }
  }

  /// A role's colours on terminals with 256 and with 16 colours.
  private struct Colours {
    var many: (foreground: Color, background: Color)
    var few: (foreground: Color, background: Color)

    /// Text on the terminal's own background.
    static func text(_ many: UInt8, _ few: UInt8) -> Colours {
      Colours(many: (.palette(many), .standard), few: (.palette(few), .standard))
    }

    /// Text on a background of its own.
    static func block(
      _ many: (UInt8, UInt8), _ few: (UInt8, UInt8)
    ) -> Colours {
      Colours(
        many: (.palette(many.0), .palette(many.1)), few: (.palette(few.0), .palette(few.1)))
    }
  }

  /// Nil for roles drawn in the terminal's own colours.
  private func colours(of role: Role) -> Colours? {
    switch self {
    case .dark: dark(role)
    case .light: light(role)
    case .highContrast: highContrast(role)
    case .neutral: neutral(role)
    }
  }

  /// White is 15 where it is sent with every key: on dark grounds the palette has a white of its own,
  /// which takes half the bytes.
  private func dark(_ role: Role) -> Colours? {
    switch role {
    case .normal, .strong, .customerWords, .unread, .box, .boxStrong, .menuItem, .keyHintText,
      .fieldText, .tab:
      nil
    case .dim, .closed, .systemWords, .signature, .disabled: .text(247, 7)
    case .heading, .boxTitle: .text(117, 14)
    case .columnHeading: .text(250, 7)
    case .selected, .menuItemSelected, .tabActive: .block((15, 24), (15, 4))
    case .selectedInactive: .block((252, 238), (0, 7))
    case .marked: .text(221, 11)
    case .overdue, .error: .text(210, 9)
    case .dueSoon, .warning: .text(221, 11)
    case .newWords, .success: .text(114, 10)
    case .draft: .text(183, 13)
    case .urgent: .text(210, 9)
    case .highPriority: .text(216, 11)
    case .privateNote, .privateNoteBar: .text(222, 3)
    case .agentWords: .text(153, 6)
    case .quote: .text(108, 2)
    case .link, .attachment: .text(117, 14)
    case .code: .text(250, 7)
    case .matchedText: .block((16, 221), (0, 3))
    case .keyHint: .text(117, 14)
    case .statusBar, .statusBarStrong: .block((15, 236), (0, 7))
    case .danger: .block((231, 124), (15, 1))
    case .border: .text(247, 7)
    case .borderActive: .text(117, 14)
    case .field: .block((231, 238), (0, 7))
    case .gauge, .spinner: .text(114, 10)
    }
  }

  private func light(_ role: Role) -> Colours? {
    switch role {
    case .normal, .strong, .customerWords, .unread, .box, .boxStrong, .menuItem, .keyHintText,
      .fieldText, .tab:
      nil
    case .dim, .closed, .systemWords, .signature, .disabled: .text(241, 0)
    case .heading, .boxTitle: .text(24, 4)
    case .columnHeading: .text(238, 0)
    case .selected, .menuItemSelected, .tabActive: .block((231, 25), (15, 4))
    case .selectedInactive: .block((16, 252), (0, 7))
    case .marked: .text(94, 5)
    case .overdue, .error: .text(124, 1)
    case .dueSoon, .warning: .text(94, 5)
    case .newWords, .success: .text(22, 4)
    case .draft: .text(90, 5)
    case .urgent: .text(124, 1)
    case .highPriority: .text(94, 1)
    case .privateNote, .privateNoteBar: .text(94, 5)
    case .agentWords: .text(24, 4)
    case .quote: .text(23, 4)
    case .link, .attachment: .text(25, 4)
    case .code: .text(238, 0)
    case .matchedText: .block((16, 222), (0, 3))
    case .keyHint: .text(25, 4)
    case .statusBar, .statusBarStrong: .block((16, 253), (0, 7))
    case .danger: .block((231, 124), (15, 1))
    case .border: .text(241, 0)
    case .borderActive: .text(25, 4)
    case .field: .block((16, 252), (0, 7))
    case .gauge, .spinner: .text(22, 4)
    }
  }

  /// Colours of middle light, which stand out as much from black as from white.
  private func neutral(_ role: Role) -> Colours? {
    switch role {
    case .normal, .strong, .customerWords, .unread, .box, .boxStrong, .menuItem, .keyHintText,
      .fieldText, .tab:
      nil
    case .dim, .closed, .systemWords, .signature, .disabled, .columnHeading, .code, .border:
      Colours(many: (.palette(243), .standard), few: (.standard, .standard))
    case .heading, .boxTitle, .link, .attachment, .keyHint, .borderActive, .agentWords:
      Colours(many: (.palette(63), .standard), few: (.standard, .standard))
    case .marked, .dueSoon, .warning, .highPriority, .privateNote, .privateNoteBar:
      Colours(many: (.palette(130), .standard), few: (.standard, .standard))
    case .overdue, .error, .urgent: .text(131, 1)
    case .newWords, .success, .quote, .gauge, .spinner:
      Colours(many: (.palette(29), .standard), few: (.standard, .standard))
    case .draft: Colours(many: (.palette(98), .standard), few: (.standard, .standard))
    case .selected, .menuItemSelected, .tabActive: .block((15, 25), (15, 4))
    case .selectedInactive, .field, .statusBar, .statusBarStrong: .block((16, 252), (0, 7))
    case .matchedText: .block((16, 221), (0, 3))
    case .danger: .block((231, 124), (15, 1))
    }
  }

  /// Few colours, each far from any background; everything else by attributes.
  private func highContrast(_ role: Role) -> Colours? {
    switch role {
    case .selected, .menuItemSelected, .tabActive: .block((16, 226), (0, 3))
    case .statusBar, .statusBarStrong, .selectedInactive, .field: .block((16, 255), (0, 7))
    case .danger: .block((231, 88), (15, 1))
    case .matchedText: .block((16, 51), (0, 6))
    default: nil
    }
  }
}
