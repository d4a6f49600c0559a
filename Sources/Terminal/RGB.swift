/// A colour of light, for pictures and for the contrast of the themes.
public struct RGB: Hashable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour as `#rrggbb`.
  public var hex: String {
    let value = Int(red) << 16 | Int(green) << 8 | Int(blue)
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// Half this colour and half the other.
  public func mixed(with other: RGB) -> RGB {
    func middle(_ left: UInt8, _ right: UInt8) -> UInt8 { UInt8((Int(left) + Int(right)) / 2) }
    return RGB(
      middle(red, other.red), middle(green, other.green), middle(blue, other.blue))
  }
}

extension Color {
  /// The colour's light in xterm's palette; nil for the terminal's own colours.
  public var rgb: RGB? {
    guard case .palette(let index) = self else { return nil }
    switch index {
    case 0..<16: return Self.basicColors[Int(index)]
    case 16..<232:
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      let offset = Int(index) - 16
      return RGB(levels[offset / 36], levels[offset / 6 % 6], levels[offset % 6])
    default:
      let grey = UInt8(8 + (Int(index) - 232) * 10)
      return RGB(grey, grey, grey)
    }
  }

  /// xterm's defaults for the sixteen colours.
  private static let basicColors = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}

extension Theme {
  /// The terminal's own colours that the theme is made for.
  public var canvas: (foreground: RGB, background: RGB) {
    switch self {
    case .dark, .highContrast, .neutral: (RGB(220, 220, 220), RGB(18, 18, 18))
    case .light: (RGB(28, 28, 28), RGB(255, 255, 255))
    }
  }
}
