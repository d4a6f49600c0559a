/// A colour as terminals know it.
public enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// One of the sixteen (0-15) or 256 (0-255) colours of the palette.
  case palette(UInt8)
}

/// Two colours and the attributes of a cell.
public struct Style: Hashable, Sendable {
  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public init(
    foreground: Color = .standard, background: Color = .standard, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// How many colours the terminal has, as far as the themes tell them apart.
public enum ColorDepth: Hashable, Sendable, CaseIterable {
  /// None: NO_COLOR, or a terminal without colours.
  case none
  /// The eight basic colours.
  case eight
  /// With their bright forms.
  case sixteen
  /// The palette of xterm.
  case many

  /// The depth for a number of colours as terminfo gives it.
  public init(colors: Int) {
    switch colors {
    case ..<8: self = .none
    case 8..<16: self = .eight
    case 16..<256: self = .sixteen
    default: self = .many
    }
  }
}
