import Helpdesk
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2021-08-11T13:35:20Z", 1_628_688_920), ("2021-08-11T13:35:20.239Z", 1_628_688_920),
    ("2021-08-11 13:35:20", 1_628_688_920), ("2021-08-11T19:05:20+05:30", 1_628_688_920),
    ("2021-08-11T19:05:20+0530", 1_628_688_920), ("2021-08-11T05:35:20-08", 1_628_688_920),
    ("2021-08-11T13:35Z", 1_628_688_900), ("2021-08-11", 1_628_640_000),
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
    ("2000-02-29T00:00:00Z", 951_782_400),
  ])
  func everyFormOfAVendorIsRead(text: String, seconds: Int64) {
    #expect(Timestamp(parsing: text) == Timestamp(seconds))
  }

  @Test(arguments: [
    "", "soon", "2021", "2021-13-01", "2021-00-01", "2021-01-32", "2021-08-11T",
    "2021-08-11T13:60Z", "2021-08-11T13:35:20X", "2021-08-11T13:35:20Zx", "2021-08-11T13:35:20+",
    "２０２１-08-11", "-021-08-11", "2021-08-11T13:35:20.Z ",
  ])
  func anythingElseIsNoMoment(text: String) {
    #expect(Timestamp(parsing: text) == nil)
  }

  @Test func whatIsWrittenIsReadBack() {
    for seconds in stride(from: Int64(-62_135_596_800), to: 253_402_300_799, by: 86_399 * 311) {
      let moment = Timestamp(seconds)
      #expect(Timestamp(parsing: moment.description) == moment)
    }
  }
}
