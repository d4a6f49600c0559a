import Helpdesk

@testable import Freshdesk
@testable import HTTPClient
@testable import HTTPServer

/// Header lines of answers, and request lines and header lines of requests.
///
/// Each line of the input is a line of a header; the first is a request target as well.
enum HeaderRules {
  private static let marker = "open-sesame-4711"

  static func check(_ input: [UInt8]) {
    let lines = input.split(separator: 0x0A, omittingEmptySubsequences: false)
    var headers = HTTPHeaders()
    for line in lines {
      headers.receive(line: String(decoding: line + [0x0D, 0x0A], as: UTF8.self))
    }
    checkAnswer(headers)
    checkRequest(lines.map { String(decoding: $0, as: UTF8.self) })
    checkCoding(input)
    let name = UploadName.cleaned(String(decoding: input, as: UTF8.self))
    require(
      !name.isEmpty && name.utf8.count <= UploadName.maximumBytes && name.isPlainLine,
      "a file's name is short and plain", name.shown)
    require(!name.contains("/") && !name.contains("\\") && !name.contains("\""), "no folder")
    require(name != "." && name != "..", "no folder")
    require(UploadName.cleaned(name) == name, "cleaning twice is cleaning once", name.shown)
  }

  private static func checkAnswer(_ headers: HTTPHeaders) {
    for field in headers.fields {
      for text in [field.name, field.value] {
        require(!text.contains("\r\n"), "a field is one line", text.shown)
        require(
          text.first.map { !" \t".contains($0) } ?? true, "fields are trimmed", text.shown)
      }
      require(headers[field.name] != nil, "what came in can be looked up", field.name.shown)
      let secret = HTTPHeaders([.init(name: field.name, value: marker)])
      let isSecret = ["authorization", "cookie", "set-cookie", "x-api-key"]
        .contains(field.name.lowercased())
      require(
        !isSecret || !"\(secret)\(secret.fields)".contains(marker), "secrets are hidden",
        field.name.shown)
    }
    for status in [200, 429] {
      let response = HTTPResponse(status: status, headers: headers)
      let reading = Limits.reading(of: response, family: .ticketReads)
      require(status != 429 || reading != nil, "a 429 always yields a reading")
      if let reading {
        require(reading.limit >= 0 && reading.remaining >= 0, "no limit is below zero")
        require((reading.retryAfter ?? 1) >= 1, "waiting has a length")
      }
    }
    if let next = Paging.nextPage(in: headers, after: 7) {
      require(next > 7, "the next page lies ahead", "\(next)")
    }
    if let date = headers["Date"].flatMap(HTTPDate.parse) {
      require((0...253_402_300_800).contains(date.seconds), "dates lie between 1970 and 9999")
    }
  }

  private static func checkRequest(_ lines: [String]) {
    var fields = HeaderFields()
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { fields.append(String(parts[0]), String(parts[1])) }
    }
    let target = lines.first ?? ""
    let request = ServerRequest(method: "GET", target: target, headers: fields, body: [])
    require(!request.path.utf8.contains(UInt8(ascii: "?")), "the path ends before the query")
    require(
      request.path.utf8.count + request.query.utf8.count <= target.utf8.count + 1,
      "nothing is added to the target", target.shown)
    let slashes = request.path.utf8.count { $0 == UInt8(ascii: "/") }
    require(
      request.pathParts.count <= slashes + 1, "an escaped slash parts nothing", target.shown)
    _ = request.queryItems
    for field in fields.fields {
      require(fields[field.name] != nil, "what came in can be looked up")
    }
  }

  private static func checkCoding(_ input: [UInt8]) {
    let escaped = input.flatMap { byte -> [UInt8] in
      let digits = String(byte, radix: 16)
      return Array("%\(byte < 16 ? "0" : "")\(digits)".utf8)
    }
    require(
      PercentCoding.decode(escaped, plusIsBlank: true) == String(decoding: input, as: UTF8.self),
      "escapes are read back as what they stand for")
  }
}
