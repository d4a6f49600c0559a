/// A JSON value; whole numbers are kept apart from the others, as ids have 64 bits.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
  var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// A number, whole or not.
  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  /// The strings of an array of strings.
  var strings: [String]? {
    guard let array else { return nil }
    let strings = array.compactMap(\.string)
    return strings.count == array.count ? strings : nil
  }

  /// The whole numbers of an array of them.
  var integers: [Int64]? {
    guard let array else { return nil }
    let integers = array.compactMap(\.integer)
    return integers.count == array.count ? integers : nil
  }

  /// The word for this kind of value in the vendor's error messages.
  var typeName: String {
    switch self {
    case .null: "Null"
    case .bool: "Boolean"
    case .integer: "Integer"
    case .number: "Decimal"
    case .string: "String"
    case .array: "Array"
    case .object: "JSON object"
    }
  }
}

/// An object with its members in order.
struct JSONObject: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  struct Member: Equatable, Sendable {
    var key: String
    var value: JSONValue
  }

  private(set) var members: [Member] = []

  init() {}

  /// The keys must differ.
  init(_ members: [Member]) { self.members = members }

  init(dictionaryLiteral elements: (String, JSONValue)...) {
    members = elements.map { Member(key: $0.0, value: $0.1) }
  }

  var keys: [String] { members.map(\.key) }

  /// Assigning nil removes the member; a new one goes to the end.
  subscript(key: String) -> JSONValue? {
    get { members.first { $0.key == key }?.value }
    set {
      guard let index = members.firstIndex(where: { $0.key == key }) else {
        if let newValue { members.append(Member(key: key, value: newValue)) }
        return
      }
      if let newValue {
        members[index].value = newValue
      } else {
        members.remove(at: index)
      }
    }
  }

  /// Takes over every member of the other object.
  mutating func merge(_ other: JSONObject) {
    for member in other.members { self[member.key] = member.value }
  }

  /// The members of these names, in this object's order.
  func keeping(_ keys: Set<String>) -> JSONObject {
    var kept = self
    kept.members.removeAll { !keys.contains($0.key) }
    return kept
  }

  /// The object without the members of these names.
  func without(_ keys: Set<String>) -> JSONObject {
    var kept = self
    kept.members.removeAll { keys.contains($0.key) }
    return kept
  }
}

extension JSONValue {
  init(_ text: String?) { self = text.map { .string($0) } ?? .null }
  init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
  init(_ texts: [String]) { self = .array(texts.map { .string($0) }) }
  /// A time in the wire's form, or null.
  init(time seconds: Int64?) { self = seconds.map { .string(WireTime.text($0)) } ?? .null }
}
