import HTTPClient
import Helpdesk

/// Reads the rate-limit headers of an answer.
enum Limits {
  /// Nil where the answer says nothing about limits. Freshdesk has no header for the end of a
  /// window, and numbers have been seen with a fraction. A 429 always yields a reading.
  static func reading(of response: HTTPResponse, family: RequestFamily) -> RateReading? {
    let limit = number(response.headers["X-RateLimit-Total"])
    let remaining = number(response.headers["X-RateLimit-Remaining"])
    let retryAfter = response.status == 429 ? retryAfter(in: response) : nil
    guard (limit != nil && remaining != nil) || retryAfter != nil else { return nil }
    return RateReading(
      family: family, limit: limit ?? 0, remaining: remaining ?? 0,
      used: number(response.headers["X-RateLimit-Used-CurrentRequest"]) ?? 1,
      retryAfter: retryAfter)
  }

  /// Seconds that a 429 asks to wait. Without a usable header a whole window: 60.
  static func retryAfter(in response: HTTPResponse) -> Int {
    guard let text = response.headers["Retry-After"] else { return 60 }
    if let seconds = number(text) { return max(1, seconds) }
    guard let until = HTTPDate.parse(text),
      let now = response.headers["Date"].flatMap(HTTPDate.parse)
    else { return 60 }
    return Int(min(max(until - now, 1), 86_400))
  }

  private static func number(_ text: String?) -> Int? {
    guard let text, let number = Double(text), (0...1_000_000_000).contains(number) else {
      return nil
    }
    return Int(number)
  }
}
