/// Turns bytes into tokens without recursion, so that nesting cannot exhaust the stack.
struct JSONParser {
  typealias Token = JSONDocument.Token
  typealias Problem = JSONDocument.Problem

  private(set) var tokens: [Token] = []
  private var position = 0
  /// Indices of the objects and arrays that are open.
  private var open: [Int] = []

  /// What may come next.
  private enum Expectation { case value, valueOrEnd, keyOrEnd, key, separator }

  mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) {
    tokens.reserveCapacity(bytes.count / 12 + 8)
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    var expectation = Expectation.value
    repeat {
      skipBlanks(bytes)
      guard position < bytes.count else { throw .endsEarly }
      let byte = bytes[position]
      switch expectation {
      case .value, .valueOrEnd:
        if expectation == .valueOrEnd, byte == UInt8(ascii: "]") {
          expectation = close()
        } else {
          expectation = try value(byte, bytes)
        }
      case .key, .keyOrEnd:
        if expectation == .keyOrEnd, byte == UInt8(ascii: "}") {
          expectation = close()
        } else {
          guard byte == UInt8(ascii: "\"") else { throw .unexpected(offset: position) }
          try string(bytes)
          skipBlanks(bytes)
          guard position < bytes.count else { throw .endsEarly }
          guard bytes[position] == UInt8(ascii: ":") else { throw .unexpected(offset: position) }
          position += 1
          expectation = .value
        }
      case .separator:
        expectation = try separator(byte)
      }
    } while !(open.isEmpty && expectation == .separator)
    skipBlanks(bytes)
    guard position == bytes.count else { throw .unexpected(offset: position) }
  }

  private mutating func separator(_ byte: UInt8) throws(Problem) -> Expectation {
    guard let last = open.last else { throw .unexpected(offset: position) }
    let isObject = tokens[last].kind == .object
    if byte == UInt8(ascii: ",") {
      position += 1
      return isObject ? .key : .value
    }
    guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
      throw .unexpected(offset: position)
    }
    return close()
  }

  private mutating func close() -> Expectation {
    position += 1
    if let index = open.popLast() {
      tokens[index].end = UInt32(position)
      tokens[index].next = UInt32(tokens.count)
    }
    return .separator
  }

  private mutating func value(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>)
    throws(Problem) -> Expectation
  {
    switch byte {
    case UInt8(ascii: "{"):
      try begin(.object)
      return .keyOrEnd
    case UInt8(ascii: "["):
      try begin(.array)
      return .valueOrEnd
    case UInt8(ascii: "\""): try string(bytes)
    case UInt8(ascii: "t"): try literal("true", .yes, bytes)
    case UInt8(ascii: "f"): try literal("false", .no, bytes)
    case UInt8(ascii: "n"): try literal("null", .null, bytes)
    case UInt8(ascii: "-"), 48...57: number(bytes)
    default: throw .unexpected(offset: position)
    }
    return .separator
  }

  private mutating func begin(_ kind: JSONDocument.Kind) throws(Problem) {
    guard open.count < JSONDocument.maximumDepth else { throw .tooDeep }
    open.append(tokens.count)
    append(kind, from: position, to: position)
    position += 1
  }

  private mutating func append(_ kind: JSONDocument.Kind, from start: Int, to end: Int) {
    tokens.append(
      Token(
        kind: kind, start: UInt32(start), end: UInt32(end), next: UInt32(tokens.count + 1)))
  }

  private mutating func skipBlanks(_ bytes: UnsafeBufferPointer<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case 32, 9, 10, 13: position += 1
      default: return
      }
    }
  }

  /// Control characters inside a string are let through: some gateways do not escape them.
  private mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) {
    let start = position + 1
    var end = start
    var kind = JSONDocument.Kind.string
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") {
        append(kind, from: start, to: end)
        position = end + 1
        return
      }
      if byte == UInt8(ascii: "\\") {
        kind = .escaped
        end += 1
      }
      end += 1
    }
    throw .endsEarly
  }

  private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = position
    scan: while position < bytes.count {
      switch bytes[position] {
      case 48...57, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
        UInt8(ascii: "E"):
        position += 1
      default: break scan
      }
    }
    append(.number, from: start, to: position)
  }

  private mutating func literal(
    _ word: StaticString, _ kind: JSONDocument.Kind, _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(Problem) {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { throw .endsEarly }
    for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
      throw .unexpected(offset: position + offset)
    }
    append(kind, from: position, to: position + count)
    position += count
  }
}
