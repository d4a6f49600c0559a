import CTomlPlusPlus

/// A value of a TOML file, with its place.
struct TOMLValue: Equatable, Sendable {
  indirect enum Content: Equatable, Sendable {
    case string(String)
    case integer(Int64)
    case number(Double)
    case flag(Bool)
    /// A date or time as written.
    case moment(String)
    case array([TOMLValue])
    case table([Entry])
  }

  /// A key of a table; tables keep the order in which the parser gives them.
  struct Entry: Equatable, Sendable {
    var key: String
    var value: TOMLValue
  }

  var content: Content
  /// Where the key stands, or the value inside an array; from 1.
  var line: Int
  var column: Int

  /// What people call this kind of value.
  var kindName: String {
    switch content {
    case .string: "a text"
    case .integer: "a whole number"
    case .number: "a number"
    case .flag: "true or false"
    case .moment: "a date"
    case .array: "a list"
    case .table: "a table"
    }
  }
}

/// Reads TOML 1.0.
enum TOMLDocument {
  /// The entries of the top level. `path` is for the error only.
  static func parse(_ text: String, path: String) throws(ConfigurationError) -> [TOMLValue.Entry] {
    var text = text
    let document = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { ctoml_parse($0.baseAddress, $0.count) }
    }
    guard let document else { throw .unreadable(path: path, reason: "out of memory") }
    defer { ctoml_free(document) }
    var (line, column): (UInt32, UInt32) = (0, 0)
    if let problem = ctoml_error(document, &line, &column) {
      throw .invalid(
        path: path, line: Int(line), column: Int(column),
        problem: plain(String(cString: problem)))
    }
    return entries(of: document)
  }

  /// The parser's words on one line, without its full stop and without characters that a terminal
  /// would act on.
  private static func plain(_ problem: String) -> String {
    let scalars = problem.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: " "
      default: scalar
      }
    }
    var text = String(String.UnicodeScalarView(scalars))
    while text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// Builds the tree from the flat list without recursion.
  private static func entries(of document: OpaquePointer) -> [TOMLValue.Entry] {
    var open: [(entry: ctoml_entry, key: String, isArray: Bool, items: [TOMLValue.Entry])] = []
    for index in 0..<ctoml_count(document) {
      guard let entry = ctoml_entry_at(document, index)?.pointee else { break }
      let key = String(cString: entry.key)
      if entry.kind == CTOML_TABLE || entry.kind == CTOML_ARRAY {
        open.append((entry, key, entry.kind == CTOML_ARRAY, []))
        continue
      }
      let item: TOMLValue.Entry
      if entry.kind == CTOML_END {
        guard let closed = open.popLast() else { break }
        if open.isEmpty { return closed.items }
        let content: TOMLValue.Content =
          closed.isArray ? .array(closed.items.map(\.value)) : .table(closed.items)
        item = TOMLValue.Entry(key: closed.key, value: value(content, closed.entry))
      } else {
        item = TOMLValue.Entry(key: key, value: value(content(of: entry), entry))
      }
      if !open.isEmpty { open[open.count - 1].items.append(item) }
    }
    return []
  }

  private static func content(of entry: ctoml_entry) -> TOMLValue.Content {
    switch entry.kind {
    case CTOML_STRING: .string(String(cString: entry.text))
    case CTOML_INTEGER: .integer(entry.integer)
    case CTOML_FLOAT: .number(entry.number)
    case CTOML_BOOLEAN: .flag(entry.flag)
    default: .moment(String(cString: entry.text))
    }
  }

  private static func value(_ content: TOMLValue.Content, _ entry: ctoml_entry) -> TOMLValue {
    TOMLValue(content: content, line: Int(entry.line), column: Int(entry.column))
  }
}
