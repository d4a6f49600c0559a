/// Writes JSON as bytes, without blanks, with commas where they belong.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    try nest(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    try nest(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  mutating func array<Item>(
    _ items: [Item], _ body: (inout JSONWriter, Item) throws -> Void
  ) rethrows {
    try array { writer in for item in items { try body(&writer, item) } }
  }

  mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func key(name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  mutating func integer(_ number: Int64) {
    separate()
    digits(number)
  }

  mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }

  mutating func null() { raw("null") }

  /// A complete JSON value that is already text.
  mutating func raw(_ json: StaticString) {
    separate()
    json.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A complete JSON value that is already text.
  mutating func raw(json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
  }

  /// The members of an object that is already text, without its braces.
  mutating func members(ofObject json: String) {
    let inner = json.utf8.dropFirst().dropLast()
    guard !inner.isEmpty else { return }
    separate()
    bytes.append(contentsOf: inner)
  }

  /// A time in the wire's form, `2026-01-31T12:00:00Z`.
  mutating func time(_ seconds: Int64) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    WireTime.append(seconds, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .integer(let number): integer(number)
    case .number(let number):
      separate()
      bytes.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
    case .string(let text): string(text)
    case .array(let items): array(items) { $0.value($1) }
    case .object(let members): object(members)
    }
  }

  mutating func object(_ members: JSONObject) {
    object { writer in
      for member in members.members {
        writer.key(name: member.key)
        writer.value(member.value)
      }
    }
  }

  // Members

  mutating func member(_ name: StaticString, _ text: String?) {
    key(name)
    if let text { string(text) } else { null() }
  }

  mutating func member(_ name: StaticString, _ number: Int64?) {
    key(name)
    if let number { integer(number) } else { null() }
  }

  mutating func member(_ name: StaticString, _ flag: Bool) {
    key(name)
    bool(flag)
  }

  mutating func member(_ name: StaticString, time seconds: Int64?) {
    key(name)
    if let seconds { time(seconds) } else { null() }
  }

  mutating func member(_ name: StaticString, json text: String?) {
    key(name)
    if let text { raw(json: text) } else { null() }
  }

  mutating func nullMember(_ name: StaticString) {
    key(name)
    null()
  }

  // Within

  private mutating func nest(
    _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    separate()
    bytes.append(open)
    needsComma = false
    try body(&self)
    bytes.append(close)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func digits(_ number: Int64) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { source in
      var clean = 0
      for index in source.indices where Self.needsEscape(source[index]) {
        bytes.append(contentsOf: source[clean..<index])
        escape(source[index])
        clean = index + 1
      }
      bytes.append(contentsOf: source[clean...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    default:
      let hex = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hex[Int(byte >> 4)])
      bytes.append(hex[Int(byte & 15)])
    }
  }
}

extension JSONValue {
  /// The value as JSON text.
  var text: String {
    var writer = JSONWriter()
    writer.value(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
