/// Makes a file's name safe to put into a header and onto a colleague's disk.
public enum UploadName {
  /// The longest name sent, in UTF-8 bytes; what common file systems keep.
  public static let maximumBytes = 200

  /// Drops folders, control characters, direction marks and quoting characters; never empty.
  public static func cleaned(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    var result = String.UnicodeScalarView()
    var bytes = 0
    for scalar in last.unicodeScalars where isKept(scalar) {
      bytes += UTF8.width(scalar)
      if bytes > maximumBytes { break }
      result.append(scalar)
    }
    let text = String(result)
    return text.isEmpty || text.allSatisfy { $0 == "." || $0 == " " } ? "attachment" : text
  }

  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: scalar != "\"" && scalar != ";" && scalar != "\u{FFFD}"
    }
  }
}
