import HTTPClient
import Helpdesk

/// One call of the Freshdesk API v2, before an account's address and key are put to it.
struct FreshdeskRequest {
  var method: HTTPMethod = .get
  /// Below `/api/v2`, without a slash at the end: Freshdesk answers oddly to those.
  var path: String
  var query: [(name: String, value: String)] = []
  var body: HTTPRequest.Body = .none
  /// The budget that the call is taken from besides the account's.
  var family: RequestFamily = .account
  /// Credits: every `include` costs extra.
  var cost = 1
  var totalDeadline: Duration = .seconds(30)

  func request(at address: FreshdeskAddress, key: APIKey) -> HTTPRequest {
    var headers: HTTPHeaders = [
      "Accept": "application/json", "Authorization": key.authorization,
    ]
    if case .bytes = body { headers["Content-Type"] = "application/json" }
    let words = query.map { "\($0.name)=\(Self.encoded($0.value))" }
    return HTTPRequest(
      method: method,
      url: "\(address.baseURL)/api/v2\(path)"
        + (words.isEmpty ? "" : "?" + words.joined(separator: "&")),
      headers: headers, body: body, connectDeadline: .seconds(10), totalDeadline: totalDeadline)
  }

  /// Percent-encodes all but the characters that mean nothing anywhere in an address.
  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
