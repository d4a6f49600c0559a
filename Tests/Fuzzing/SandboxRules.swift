import FoundationEssentials
import SQLite

@testable import HTTPServer
@testable import HelpdeskSandbox

/// Requests to the sandbox, handled without a socket.
///
/// An input is up to eight requests, each parted by the record separator (0x1E): a first line
/// `METHOD target`, header lines, an empty line, the body. Before them, one byte picks whose key is
/// sent (or none).
enum SandboxRules {
  static func check(_ input: [UInt8]) throws {
    guard let first = input.first, let plan = FuzzDesk.plan else { return }
    let key = FuzzDesk.keys.indices.contains(Int(first % 16)) ? FuzzDesk.keys[Int(first % 16)] : nil
    try FuzzDesk.undone { store in
      // Nothing else holds the store while the helpdesk has it.
      nonisolated(unsafe) let desk = Desk(store: store, settings: .init())
      let helpdesk = SandboxHelpdesk(desk: desk, plan: plan, clock: .init { FuzzDesk.now })
      for bytes in input.dropFirst().split(separator: 0x1E).prefix(8) {
        guard let request = request(bytes, key: key) else { continue }
        // The expressions of faults are the tester's own, and may take as long as they like.
        if request.path.hasSuffix("faults") { continue }
        let before = store.connection.totalChanges
        let answer = helpdesk.answer(request, base: "http://127.0.0.1:1")
        check(answer, to: request)
        let isControl = request.pathParts.first == "_sandbox"
        require(
          key != nil || isControl || store.connection.totalChanges == before,
          "without a key nothing is changed", request.path.shown)
        require(
          request.method != "GET" || store.connection.totalChanges == before,
          "reading changes nothing", request.path.shown)
      }
    }
  }

  private static func request(_ bytes: ArraySlice<UInt8>, key: String?) -> ServerRequest? {
    let end = bytes.firstRange(of: [0x0A, 0x0A])
    let head = String(decoding: bytes[..<(end?.lowerBound ?? bytes.endIndex)], as: UTF8.self)
    let lines = head.split(separator: "\n")
    let words = (lines.first ?? "").split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return nil }
    var headers = HeaderFields()
    if let key {
      headers.append("Authorization", "Basic " + Data("\(key):X".utf8).base64EncodedString())
    }
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers.append(String(parts[0]), String(parts[1].drop { $0 == " " }))
    }
    return ServerRequest(
      method: String(words[0]), target: String(words[1]), headers: headers,
      body: end.map { Array(bytes[$0.upperBound...]) } ?? [])
  }

  private static func check(_ answer: ServerAnswer, to request: ServerRequest) {
    guard case .respond(let response) = answer else {
      fatalError("broken rule: without a fault each request is answered")
    }
    require((200..<500).contains(response.status), "no request breaks the sandbox", request.path)
    for field in response.headers.fields {
      require(
        field.name.isPlainLine && field.value.isPlainLine, "header fields are plain lines",
        "\(field)")
    }
    let isJSON = response.headers["Content-Type"]?.hasPrefix("application/json") == true
    require(
      !isJSON || response.body.isEmpty || JSONParser.parse(response.body) != nil,
      "JSON answers are JSON", String(decoding: response.body, as: UTF8.self).shown)
  }
}
