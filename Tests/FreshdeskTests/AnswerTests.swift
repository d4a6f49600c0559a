import HTTPClient
import Helpdesk
import Testing

@testable import Freshdesk

/// What answers and broken transfers mean.
@Suite struct AnswerTests {
  private func write(_ transport: ScriptedTransport) async -> HelpdeskError? {
    await result { () async throws(HelpdeskError) in
      try await transport.service().send(
        OutgoingReply(ticketID: TicketID(1), html: "<p>x</p>"), lane: .interactive)
    }.failure
  }

  private func read(_ transport: ScriptedTransport) async -> HelpdeskError? {
    await result { () async throws(HelpdeskError) in
      try await transport.service().groups(page: 1, lane: .background)
    }.failure
  }

  @Test(arguments: [401, 403, 404, 405])
  func refusalsAreDefinite(status: Int) async {
    let body = #"{"code":"access_denied","message":"You are not authorized."}"#
    let errors: [Int: HelpdeskError] = [
      401: .notSignedIn, 403: .forbidden(message: "You are not authorized."), 404: .notFound,
      405: .notChangeable,
    ]
    #expect(await write(ScriptedTransport(status, body)) == errors[status])
    #expect(await read(ScriptedTransport(status, body)) == errors[status])
    #expect(errors[status]?.writeOutcome == .notApplied)
  }

  @Test(arguments: [400, 406, 409, 413, 414, 415, 422])
  func invalidRequestsSayWhichField(status: Int) async {
    let body = #"""
      {"description":"Validation failed","errors":[
       {"field":"cc_emails","message":"It should be a\u001b[31m valid email","code":"invalid_value"},
       {"field":"body","message":"Mandatory attribute missing","code":"missing_field"}]}
      """#
    #expect(
      await write(ScriptedTransport(status, body))
        == .refused(
          status: status, message: "Validation failed",
          fields: [
            FieldProblem(
              field: "cc_emails", message: "It should be a [31m valid email",
              code: "invalid_value"),
            FieldProblem(
              field: "body", message: "Mandatory attribute missing", code: "missing_field"),
          ]))
    #expect(
      await write(ScriptedTransport(status, "<html>"))
        == .refused(
          status: status, message: "the helpdesk refused it with \(status)", fields: []))
  }

  @Test(arguments: [("34", 34), ("34.0", 34), ("0", 1), (nil, 60), ("later", 60)])
  func tooManyRequestsSayHowLongToWait(header: String?, seconds: Int) async {
    var headers = HTTPHeaders()
    headers["retry-after"] = header
    let error = await write(ScriptedTransport(429, "", headers: headers))
    #expect(error == .rateLimited(retryAfter: seconds))
    #expect(error?.writeOutcome == .notAppliedRetryLater(afterSeconds: seconds))
  }

  @Test func aDateToWaitForIsMeasuredByTheServersClock() async {
    let headers: HTTPHeaders = [
      "Date": "Wed, 11 Aug 2021 13:35:20 GMT", "Retry-After": "Wed, 11 Aug 2021 13:36:00 GMT",
    ]
    #expect(
      await write(ScriptedTransport(429, "", headers: headers)) == .rateLimited(retryAfter: 40))
  }

  @Test(arguments: [402, 408, 410, 418, 425, 499, 500, 502, 503, 504])
  func anyOtherStatusLeavesAWriteInDoubt(status: Int) async {
    let error = await write(ScriptedTransport(status, "<html>"))
    #expect(error == .serverFailure(status: status))
    #expect(error?.writeOutcome == .unknown)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func aRedirectNamesTheNewAddressAndLeavesAWriteInDoubt(status: Int) async {
    let headers: HTTPHeaders = ["Location": "https://k3y:x@new.freshdesk.com/api/v2/groups?page=1"]
    let error = await write(ScriptedTransport(status, "", headers: headers))
    #expect(error == .moved(to: "https://new.freshdesk.com"))
    #expect(error?.writeOutcome == .unknown)
    #expect(error?.explanation.contains("https://new.freshdesk.com") == true)
    #expect(await read(ScriptedTransport(status, "")) == .moved(to: ""))
  }

  @Test(arguments: [
    (
      #"{"description":"Validation failed","errors":["Child tickets are open"]}"#,
      "Child tickets are open"
    ),
    (
      #"{"errors":[{"field":"priority","message":"It should be a number.","code":"x"}]}"#,
      "priority: It should be a number"
    ),
    (
      #"{"errors":{"tags":["is too long","has blanks"],"type":"is unknown"}}"#,
      "tags: is too long; tags: has blanks; type: is unknown"
    ),
    (#"{"errors":[{"field":"","message":"","code":"missing_field"}]}"#, "missing_field"),
    (#"{"errors":[{"field":"type","message":"","code":""}]}"#, "type is not accepted"),
    (#"{"errors":[{}],"message":"No."}"#, "No"),
    (#"{"error":"The form is closed."}"#, "The form is closed"),
    (#"{"error":{"message":"Quota reached","code":"q"}}"#, "Quota reached"),
    (#"{"errors":"All of it"}"#, "All of it"),
    (#"[{"message":"A list."}]"#, "A list"),
    (#"{"code":"invalid_json"}"#, "invalid_json"),
    ("", "the helpdesk refused it with 400"), ("{}", "the helpdesk refused it with 400"),
    ("<html>", "the helpdesk refused it with 400"),
  ])
  func aRefusalOfAnyShapeGivesItsWords(body: String, words: String) async {
    #expect(await write(ScriptedTransport(400, body))?.explanation == words)
  }

  @Test func aFieldOfTheAccountIsNamedByItsLabel() async {
    let body =
      #"{"errors":[{"field":"custom_fields.cf_asset","message":"It is missing","code":"x"}]}"#
    let error = await write(ScriptedTransport(400, body))
    #expect(
      error?.labelled { $0 == "cf_asset" ? "Asset" : nil }.explanation == "Asset: It is missing")
    #expect(error?.labelled { _ in nil }.explanation == "cf_asset: It is missing")
  }

  @Test func aSentenceOfTheVendorMeetsNoSecondFullStop() async {
    let body = #"{"code":"account_suspended","message":"Your account has been suspended."}"#
    #expect(
      await read(ScriptedTransport(403, body))?.explanation == "Your account has been suspended")
  }

  @Test(arguments: ["text/html", nil])
  func aWebPageInsteadOfDataIsCalledOne(type: String?) async {
    var headers = HTTPHeaders()
    headers["Content-Type"] = type
    let page = ScriptedTransport(200, " <!DOCTYPE html><title>Login</title>", headers: headers)
    #expect(await read(page)?.explanation.contains("web page") == true)
  }

  @Test func aRequestTooLargeForTheVendorIsDefinite() async {
    #expect(await write(ScriptedTransport(413, ""))?.writeOutcome == .notApplied)
  }

  @Test(arguments: ["<html>Gateway</html>", "", "[]", "{}", "{\"id\":null}", "{\"id\":1"])
  func aYesThatCannotBeReadLeavesAWriteInDoubt(body: String) async {
    #expect(await write(ScriptedTransport(201, body))?.writeOutcome == .unknown)
  }

  @Test(arguments: TransportError.Reason.allCases, [true, false])
  func onlyCertaintyThatNothingWasSentIsDefinite(
    reason: TransportError.Reason, mayHaveBeenSent: Bool
  ) async {
    let failure = TransportError(reason, mayHaveBeenSent: mayHaveBeenSent)
    let outcome = await write(ScriptedTransport([.failure(failure)]))?.writeOutcome
    if mayHaveBeenSent {
      #expect(outcome == .unknown)
    } else if reason == .unusableRequest {
      #expect(outcome == .notApplied)
    } else {
      #expect(outcome == .notAppliedRetryLater(afterSeconds: nil))
    }
  }

  @Test func aRefusalThatBreaksOffIsStillARefusal() async {
    let partial = HTTPResponse(status: 403, body: Array("{\"mess".utf8))
    let failure = TransportError(.truncated, mayHaveBeenSent: true, partialAnswer: partial)
    #expect(await write(ScriptedTransport([.failure(failure)])) == .forbidden(message: ""))
    let yes = TransportError(
      .truncated, mayHaveBeenSent: true, partialAnswer: HTTPResponse(status: 201))
    #expect(await write(ScriptedTransport([.failure(yes)]))?.writeOutcome == .unknown)
  }

  @Test func aCancelledReadIsCancelledAndACancelledWriteIsInDoubt() async {
    let failure = TransportError(.cancelled, mayHaveBeenSent: true)
    #expect(await read(ScriptedTransport([.failure(failure)])) == .cancelled)
    #expect(await write(ScriptedTransport([.failure(failure)]))?.writeOutcome == .unknown)
  }

  @Test(arguments: ["{}", "{\"tickets\":[]}", "<html>", "", "null"])
  func aListThatIsNoneIsUnreadable(body: String) async {
    let error = await read(ScriptedTransport(200, body))
    guard case .unreadableAnswer = error else {
      Issue.record("read as \(String(describing: error))")
      return
    }
  }

  @Test(arguments: [
    (#"<https://acme.freshdesk.com/api/v2/groups?page=2&per_page=100>; rel="next""#, 2),
    (#"<https://a/b?per_page=100&page=7> ;rel=next"#, 7),
    (#"<https://a/b?page=1>; rel="prev", < https://a/b?page=3 >; REL='next'"#, 3),
    (#"<https://a/b>; rel="next""#, 2),
    (#"<https://a/b?page=1>; rel="next""#, nil),
    (#"<https://a/b?page=9>; rel="last""#, nil),
    ("garbage", nil), ("<", nil), ("", nil), (nil, nil),
  ])
  func theNextPageComesFromTheLinkHeader(header: String?, next: Int?) async throws {
    var headers: HTTPHeaders = ["Date": "Wed, 11 Aug 2021 13:35:20 GMT"]
    headers["link"] = header
    let transport = ScriptedTransport(
      200, #"[{"id":1,"name":"A"},{"name":"no id"},null]"#, headers: headers)
    let page = try await transport.service().groups(page: 1, lane: .background)
    #expect(page.items == [Group(id: GroupID(1), name: "A")])
    #expect(page.next == next)
    #expect(page.serverTime == Timestamp(1_628_688_920))
  }
}
