/// Why a query is not understood. `sentence` names the word and what would be.
public enum QueryError: Error, Equatable, Sendable {
  case unknownKey(String, known: [String])
  case unknownValue(key: String, String, known: [String])
  /// Several names begin so.
  case ambiguousValue(key: String, String, candidates: [String])
  case missingValue(key: String)
  case unclosedQuote
  /// `<`, `>` or `=` with a key that has no order.
  case comparison(key: String)

  public var sentence: String {
    switch self {
    case .unknownKey(let key, let known):
      "“\(key):” is no field of a query. Known are \(known.joined(separator: ", "))."
    case .unknownValue(let key, let value, let known):
      "\(key) “\(value)” is not known."
        + (known.isEmpty ? "" : " It can be \(known.prefix(12).joined(separator: ", ")).")
    case .ambiguousValue(let key, let value, let candidates):
      "\(key) “\(value)” can be \(candidates.prefix(6).joined(separator: ", ")). Write more of it."
    case .missingValue(let key): "“\(key):” needs a value behind it."
    case .unclosedQuote: "A quotation mark is not closed."
    case .comparison(let key):
      "\(key) has no order; write \(key):value. Only priority can be compared."
    }
  }
}
