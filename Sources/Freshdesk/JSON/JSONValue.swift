import Helpdesk

/// One value in a `JSONDocument`, read leniently: an id may be a string, a flag a number, a list
/// null. What cannot be read that way is nil, never a failure.
struct JSONValue: Sendable {
  private let document: JSONDocument
  private let index: Int

  init(document: JSONDocument, index: Int) {
    self.document = document
    self.index = index
  }

  private var token: JSONDocument.Token { document.tokens[index] }

  var kind: JSONDocument.Kind { token.kind }

  /// The member of an object; nil where the key is missing or null, or this is no object.
  subscript(_ key: StaticString) -> JSONValue? {
    guard kind == .object else { return nil }
    let end = Int(token.next)
    var index = index + 1
    while index < end {
      let value = index + 1
      if isKey(document.tokens[index], key) {
        return document.tokens[value].kind == .null
          ? nil : JSONValue(document: document, index: value)
      }
      index = Int(document.tokens[value].next)
    }
    return nil
  }

  private func isKey(_ token: JSONDocument.Token, _ key: StaticString) -> Bool {
    if token.kind == .escaped {
      return JSONValue.text(of: token, in: document) == key.description
    }
    let count = Int(token.end - token.start)
    guard count == key.utf8CodeUnitCount else { return false }
    return document.bytes.withUnsafeBufferPointer { bytes in
      let start = Int(token.start)
      for offset in 0..<count where bytes[start + offset] != key.utf8Start[offset] { return false }
      return true
    }
  }

  /// The elements of an array, nulls left out; empty for anything else.
  var elements: [JSONValue] {
    guard kind == .array else { return [] }
    var result: [JSONValue] = []
    var index = index + 1
    while index < Int(token.next) {
      if document.tokens[index].kind != .null {
        result.append(JSONValue(document: document, index: index))
      }
      index = Int(document.tokens[index].next)
    }
    return result
  }

  /// The members of an object in their order; empty for anything else.
  var members: [(key: String, value: JSONValue)] {
    guard kind == .object else { return [] }
    var result: [(key: String, value: JSONValue)] = []
    var index = index + 1
    while index < Int(token.next) {
      let key = JSONValue.text(of: document.tokens[index], in: document)
      result.append((key, JSONValue(document: document, index: index + 1)))
      index = Int(document.tokens[index + 1].next)
    }
    return result
  }

  /// A string, or a number or flag as it is written.
  var string: String? {
    switch kind {
    case .string, .escaped, .number, .yes, .no: JSONValue.text(of: token, in: document)
    case .object, .array, .null: nil
    }
  }

  /// A whole number, also from a string, from `100.0` and from a flag.
  var integer: Int64? {
    switch kind {
    case .yes: return 1
    case .no: return 0
    case .number, .string:
      let text = JSONValue.text(of: token, in: document)
      if let exact = Int64(text) { return exact }
      guard let number = Double(text), number.magnitude < 9.0e18 else { return nil }
      return Int64(number)
    case .object, .array, .escaped, .null: return nil
    }
  }

  /// A number, also from a string; nil where it is too large to be one.
  var double: Double? {
    switch kind {
    case .number, .string:
      let number = Double(JSONValue.text(of: token, in: document))
      return number?.isFinite == true ? number : nil
    case .yes, .no, .object, .array, .escaped, .null: return nil
    }
  }

  /// A flag, also from 0, 1, "true" and "false".
  var flag: Bool? {
    switch kind {
    case .yes: true
    case .no: false
    case .number: integer.map { $0 != 0 }
    case .string:
      switch JSONValue.text(of: token, in: document) {
      case "true", "1": true
      case "false", "0": false
      default: nil
      }
    case .object, .array, .escaped, .null: nil
    }
  }

  /// A moment, as text in any of the vendor's forms or as milliseconds since 1970.
  var time: Timestamp? {
    switch kind {
    case .string:
      document.bytes.withUnsafeBufferPointer { bytes in
        Timestamp(
          parsing: UnsafeBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)]))
      }
    case .number: integer.map { Timestamp($0.magnitude > 100_000_000_000 ? $0 / 1000 : $0) }
    default: nil
    }
  }

  /// The texts of a list; a single text counts as a list of one.
  var strings: [String] {
    kind == .array ? elements.compactMap(\.string) : string.map { [$0] } ?? []
  }

  /// The whole numbers of a list.
  var integers: [Int64] { elements.compactMap(\.integer) }

  private static func text(of token: JSONDocument.Token, in document: JSONDocument) -> String {
    document.bytes.withUnsafeBufferPointer { bytes in
      let span = UnsafeBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)])
      return token.kind == .escaped ? unescaped(span) : String(decoding: span, as: UTF8.self)
    }
  }

  private static func unescaped(_ span: UnsafeBufferPointer<UInt8>) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(span.count)
    var position = 0
    while position < span.count {
      let byte = span[position]
      guard byte == UInt8(ascii: "\\"), position + 1 < span.count else {
        plain.append(byte)
        position += 1
        continue
      }
      let code = span[position + 1]
      position += 2
      switch code {
      case UInt8(ascii: "n"): plain.append(10)
      case UInt8(ascii: "t"): plain.append(9)
      case UInt8(ascii: "r"): plain.append(13)
      case UInt8(ascii: "b"): plain.append(8)
      case UInt8(ascii: "f"): plain.append(12)
      case UInt8(ascii: "u"): appendScalar(span, &position, to: &plain)
      default: plain.append(code)
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// Reads four hexadecimal digits, and the second half of a surrogate pair where one follows. Half
  /// a pair becomes U+FFFD.
  private static func appendScalar(
    _ span: UnsafeBufferPointer<UInt8>, _ position: inout Int, to plain: inout [UInt8]
  ) {
    guard let first = hexadecimal(span, position) else { return append("\u{FFFD}", to: &plain) }
    position += 4
    if (0xD800..<0xDC00).contains(first), position + 1 < span.count,
      span[position] == UInt8(ascii: "\\"), span[position + 1] == UInt8(ascii: "u"),
      let second = hexadecimal(span, position + 2), (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    {
      position += 6
      return append(scalar, to: &plain)
    }
    append(Unicode.Scalar(first) ?? "\u{FFFD}", to: &plain)
  }

  private static func append(_ scalar: Unicode.Scalar, to plain: inout [UInt8]) {
    plain.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  private static func hexadecimal(_ span: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
    guard start + 4 <= span.count else { return nil }
    var value: UInt32 = 0
    for byte in span[start..<start + 4] {
      switch byte {
      case 48...57: value = value << 4 + UInt32(byte - 48)
      case 65...70: value = value << 4 + UInt32(byte - 55)
      case 97...102: value = value << 4 + UInt32(byte - 87)
      default: return nil
      }
    }
    return value
  }
}
