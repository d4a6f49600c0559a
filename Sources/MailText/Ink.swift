/// The colour and font in which words are written, as far as people use them to set their answers
/// apart from the text they answer.
struct Ink: Hashable {
  /// The name of a colour that stands out; nil for black, white and grey.
  var colour: String?
  var isHighlighted = false
  /// The font's first family; nil for the reader's own.
  var font: String?

  /// What the element adds to the ink around it.
  func adding(_ node: MarkupTree.Node, _ style: InlineStyle) -> Ink {
    var ink = self
    if let colour = style["color"] ?? node.attribute("color") { ink.colour = Self.name(of: colour) }
    if let font = style["font-family"] ?? node.attribute("face") {
      let first = font.prefix { $0 != "," }.filter { !$0.isWhitespace && !"\"'".contains($0) }
      ink.font = first.lowercased()
    }
    if Self.inlineElements.contains(node.name) {
      let background = style["background-color"] ?? style["background"]
      if node.name == "mark" || background.flatMap(Self.name) != nil { ink.isHighlighted = true }
    }
    return ink
  }

  private static let inlineElements: Set<String> = [
    "span", "font", "mark", "b", "strong", "i", "em", "u",
  ]

  /// The name of a colour by its hue; nil for colours without one and for what is no colour.
  static func name(of value: String) -> String? {
    let value = value.lowercased()
    if let known = named[value] { return known }
    guard let (red, green, blue) = components(of: value) else { return nil }
    let most = max(red, green, blue)
    let least = min(red, green, blue)
    // Nearly black, or without colour.
    guard most - least >= 48 else { return nil }
    let range = Double(most - least)
    var hue: Double
    if most == red {
      hue = Double(green - blue) / range
    } else if most == green {
      hue = Double(blue - red) / range + 2
    } else {
      hue = Double(red - green) / range + 4
    }
    if hue < 0 { hue += 6 }
    return switch hue * 60 {
    case ..<15: "red"
    case ..<45: "orange"
    case ..<70: "yellow"
    case ..<170: "green"
    case ..<260: "blue"
    case ..<335: "purple"
    default: "red"
    }
  }

  private static func components(of value: String) -> (Int, Int, Int)? {
    if value.hasPrefix("rgb") {
      let numbers = value.split { !$0.isNumber && $0 != "." }.prefix(3).compactMap { Double($0) }
      guard numbers.count == 3, numbers.allSatisfy({ $0 <= 255 }) else { return nil }
      return (Int(numbers[0]), Int(numbers[1]), Int(numbers[2]))
    }
    let digits = value.hasPrefix("#") ? value.dropFirst() : value[...]
    guard let number = Int(digits, radix: 16) else { return nil }
    switch digits.count {
    case 6: return (number >> 16 & 255, number >> 8 & 255, number & 255)
    case 3: return ((number >> 8 & 15) * 17, (number >> 4 & 15) * 17, (number & 15) * 17)
    default: return nil
    }
  }

  private static let named: [String: String] = [
    "red": "red", "darkred": "red", "crimson": "red", "firebrick": "red", "maroon": "red",
    "tomato": "red", "orange": "orange", "darkorange": "orange", "orangered": "orange",
    "gold": "yellow", "yellow": "yellow", "green": "green", "lime": "green", "olive": "green",
    "darkgreen": "green", "limegreen": "green", "seagreen": "green", "forestgreen": "green",
    "teal": "blue", "aqua": "blue", "cyan": "blue", "blue": "blue", "darkblue": "blue",
    "navy": "blue", "royalblue": "blue", "mediumblue": "blue", "steelblue": "blue",
    "dodgerblue": "blue", "purple": "purple", "fuchsia": "purple", "magenta": "purple",
    "violet": "purple", "indigo": "purple", "hotpink": "purple", "deeppink": "purple",
  ]
}
