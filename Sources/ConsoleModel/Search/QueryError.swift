/// Why a query is not understood. `sentence` names the word and what would be.
public enum QueryError: Error, Equatable, Sendable {
  case unknownKey(String, known: [String])
  case unknownValue(key: String, String, known: [String])
  /// Several names begin so.
  case ambiguousValue(key: String, String, candidates: [String])
  /// Nothing in the cache has this name; the nearest ones.
  case nobody(key: String, String, near: [String])
  case missingValue(key: String)
  case unclosedQuote
  /// `<`, `>` or `=` with a field that has no order.
  case comparison(key: String)
  /// An operator without a condition that it applies to.
  case missingCondition(String)
  case unbalancedBracket
  /// A field that has no meaning inside brackets, alternatives and negations.
  case misplaced(key: String)
  case tooLong

  public var sentence: String {
    switch self {
    case .unknownKey(let key, let known):
      "“\(key):” is not a query field. Fields: \(known.joined(separator: ", ")). "
        + "To search for the text, put it in quotes."
    case .unknownValue(let key, let value, let known):
      "\(key): “\(value)” is not a valid value."
        + (known.isEmpty ? "" : " Valid: \(known.prefix(14).joined(separator: ", ")).")
    case .ambiguousValue(let key, let value, let candidates):
      "\(key): “\(value)” can be \(candidates.prefix(6).joined(separator: ", ")). Write more of it."
    case .nobody(let key, let value, let near):
      "\(key): nothing in the cache is called “\(value)”."
        + (near.isEmpty ? "" : " Near: \(near.joined(separator: ", ")).")
    case .missingValue(let key): "“\(key):” needs a value after it."
    case .unclosedQuote: "A quotation mark is not closed."
    case .comparison(let key):
      "\(key): cannot be compared; write \(key):value. "
        + "Only priority, created, updated and due can be."
    case .missingCondition(let word):
      "“\(word)” needs a condition on its other side. To search for the word, put it in quotes."
    case .unbalancedBracket:
      "A bracket has no counterpart, or nothing in it. To search for one, put it in quotes."
    case .misplaced(let key): "\(key): cannot stand inside brackets, “or” and “not”."
    case .tooLong: "The query is too long."
    }
  }
}
