/// The characters that borders and rules are made of, and their substitutes in plain ASCII.
public enum LineDrawing {
  public static let horizontal: Unicode.Scalar = "\u{2500}"
  public static let vertical: Unicode.Scalar = "\u{2502}"
  public static let topLeft: Unicode.Scalar = "\u{250C}"
  public static let topRight: Unicode.Scalar = "\u{2510}"
  public static let bottomLeft: Unicode.Scalar = "\u{2514}"
  public static let bottomRight: Unicode.Scalar = "\u{2518}"
  /// A horizontal rule with a vertical one that begins below it.
  public static let teeDown: Unicode.Scalar = "\u{252C}"
  /// A horizontal rule with a vertical one that ends above it.
  public static let teeUp: Unicode.Scalar = "\u{2534}"
  /// A vertical rule with a horizontal one that begins to its right.
  public static let teeRight: Unicode.Scalar = "\u{251C}"
  /// A vertical rule with a horizontal one that ends at its left.
  public static let teeLeft: Unicode.Scalar = "\u{2524}"
  /// A horizontal rule that crosses a vertical one.
  public static let cross: Unicode.Scalar = "\u{253C}"
  /// The end of a text that was cut.
  public static let ellipsis: Unicode.Scalar = "\u{2026}"
  /// Between two facts on one line.
  public static let separator = " \u{B7} "

  /// The ASCII character that stands for one of these; nil for any other.
  public static func ascii(for scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case horizontal: "-"
    case vertical: "|"
    case "\u{B7}", ellipsis: "."
    case topLeft, topRight, bottomLeft, bottomRight, teeDown, teeUp, teeRight, teeLeft, cross: "+"
    default: nil
    }
  }
}
