import HTTPClient
import Testing

@Suite struct RedactionTests {
  @Test func noDescriptionShowsAKeyOrWords() {
    let request = HTTPRequest(
      method: .post, url: "https://acme.example/api?query=customer",
      headers: ["authorization": "Basic c2VjcmV0", "Accept": "*/*"],
      body: .bytes(Array("customer".utf8)))
    let response = HTTPResponse(
      status: 200, headers: ["Set-Cookie": "secret"], body: Array("customer".utf8))
    let error = TransportError(.timedOut, mayHaveBeenSent: true, partialAnswer: response)
    var shown = ["\(request)", String(reflecting: request), "\(request.headers)", "\(response)"]
    shown += ["\(error)", String(reflecting: error), "\(error.explanation)"]
    for value in [request, response, error, request.headers.fields] as [Any] {
      var text = ""
      dump(value, to: &text)
      shown.append(text)
    }
    for text in shown {
      #expect(!text.contains("c2VjcmV0") && !text.contains("secret"))
      #expect(!text.contains("customer") && !text.contains("99, 117, 115"))
    }
    #expect(
      "\(request)"
        == "POST https://acme.example/api [authorization: (hidden), Accept: */*] (8 bytes)")
  }
}
