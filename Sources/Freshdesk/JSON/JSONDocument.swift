/// An answer's JSON, parsed once into a flat list of tokens; values are made when asked for.
///
/// Vendors add keys at any time and change types between versions, so nothing here has a schema.
/// Strings with broken UTF-8 are repaired, numbers keep all their digits.
final class JSONDocument: Sendable {
  let bytes: [UInt8]
  let tokens: [Token]

  /// One value, or one key of an object. An object's tokens are key, value, key, value …
  struct Token {
    var kind: Kind
    /// The span in `bytes`; for strings without the quotes.
    var start: UInt32
    var end: UInt32
    /// The token after this one and everything inside it.
    var next: UInt32
  }

  /// What a token is. `escaped` is a string with at least one backslash.
  enum Kind: UInt8 { case object, array, string, escaped, number, yes, no, null }

  /// Why bytes are not JSON.
  enum Problem: Error, Equatable {
    case unexpected(offset: Int)
    case endsEarly
    case tooDeep
    case tooLarge
  }

  /// Nesting beyond this is an attack, not a ticket.
  static let maximumDepth = 256

  init(parsing bytes: [UInt8]) throws(Problem) {
    guard bytes.count < Int(Int32.max) else { throw .tooLarge }
    self.bytes = bytes
    var parser = JSONParser()
    let result: Result<Void, Problem> = bytes.withUnsafeBufferPointer { buffer in
      do throws(Problem) {
        try parser.parse(buffer)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    tokens = parser.tokens
  }

  var root: JSONValue { JSONValue(document: self, index: 0) }
}
