/// Writes the small part of TOML that the program stores by itself.
struct TOMLWriter {
  private(set) var text: String

  /// Begins with comment lines.
  init(comment: [String]) { text = comment.map { "# \($0)\n" }.joined() }

  /// Begins the next table of an array of tables.
  mutating func arrayTable(_ name: String) { text += "\n[[\(Self.key(name))]]\n" }

  mutating func entry(_ key: String, _ value: String) {
    text += "\(Self.key(key)) = \(Self.quoted(value))\n"
  }

  mutating func entry(_ key: String, _ value: Int64) { text += "\(Self.key(key)) = \(value)\n" }

  mutating func entry(_ key: String, _ value: Bool) { text += "\(Self.key(key)) = \(value)\n" }

  static func key(_ key: String) -> String {
    let isBare =
      !key.isEmpty
      && key.utf8.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
      }
    return isBare ? key : quoted(key)
  }

  /// A basic string: everything that could end it or that TOML forbids is escaped.
  static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
