/// Builds the labelled messages of a language, as mail programs write them.
struct MessageBuilder {
  private let parts: LanguageParts
  /// Counts up with each message, so that parts take turns.
  private var turn: Int
  private(set) var messages: [LabelledMessage] = []

  init(_ parts: LanguageParts, seed: Int) {
    self.parts = parts
    turn = seed
    topPosted()
    threaded()
    answeredInside()
    forwarded()
    signed()
    misleading()
  }

  private var own: String { parts.own[turn % parts.own.count] }
  private var otherOwn: String { parts.own[(turn + 1) % parts.own.count] }
  private var oldHTML: String { parts.old.map { "<p>\(Self.escaped($0))</p>" }.joined() }
  private var oldLines: String { parts.old.map(Self.escaped).joined(separator: "<br>") }
  private var sender: String { "Desk &lt;support@example.com&gt;" }

  private mutating func add(
    _ name: String, _ html: String, earlier: [String] = [], own: [String], quoted: [String] = []
  ) {
    messages.append(
      LabelledMessage(
        name: "\(parts.code) \(name)", html: html, earlier: earlier, own: own, quoted: quoted))
    turn += 1
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// The header that Outlook puts above an old message.
  private func outlookHeader(from: String, subject: String) -> String {
    let fields = parts.fields
    let values = [from, parts.date, "Ada Fox &lt;ada@example.com&gt;", subject]
    return zip(fields, values).map { "<b>\($0):</b> \($1)" }.joined(separator: "<br>")
  }

  private func plainHeader(from: String, subject: String) -> [String] {
    let values = [from, parts.date, "Ada Fox <ada@example.com>", subject]
    return zip(parts.fields, values).map { "\($0): \($1)" }
  }

  private func outlookQuote(_ old: String) -> String {
    "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">"
      + "<p class=\"MsoNormal\">"
      + outlookHeader(from: sender, subject: "\(parts.answerMark) [#1182] X200")
      + "</p></div><p class=\"MsoNormal\">&nbsp;</p>" + old
  }

  // Answers above the old message

  private mutating func topPosted() {
    let words = own
    add(
      "Outlook",
      "<p class=\"MsoNormal\">\(words)</p><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>"
        + outlookQuote(oldHTML), own: [words], quoted: parts.old)
    let mobile = own
    add(
      "Outlook mobile",
      "<div dir=\"auto\">\(mobile)</div><hr style=\"display:inline-block;width:98%\">"
        + "<div id=\"divRplyFwdMsg\">"
        + outlookHeader(from: sender, subject: "\(parts.answerMark) X200")
        + "</div><div>\(oldHTML)</div>",
      own: [mobile], quoted: parts.old)
    let gmail = own
    add(
      "Gmail",
      "<div dir=\"ltr\">\(gmail)</div><br><div class=\"gmail_quote gmail_quote_container\">"
        + "<div dir=\"ltr\" class=\"gmail_attr\">\(Self.escaped(parts.attributions[0]))<br></div>"
        + "<blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex\">\(oldHTML)</blockquote></div>",
      own: [gmail], quoted: parts.old)
    let apple = own
    add(
      "Apple Mail",
      "<html><body>\(apple)<br><div><br><blockquote type=\"cite\"><div>"
        + "\(Self.escaped(parts.attributions[1]))</div><br><div>\(oldLines)</div></blockquote></div>"
        + "</body></html>", own: [apple], quoted: parts.old)
    let bird = own
    add(
      "Thunderbird",
      "<p>\(bird)</p><div class=\"moz-cite-prefix\">\(Self.escaped(parts.attributions[2]))<br></div>"
        + "<blockquote type=\"cite\">\(oldHTML)</blockquote>", own: [bird], quoted: parts.old)
    let yahoo = own
    add(
      "Yahoo",
      "<div>\(yahoo)</div><div id=\"ydp1\" class=\"yahoo_quoted\"><div>"
        + "<div>\(Self.escaped(parts.attributions[0]))</div><div><br></div><div>\(oldLines)</div></div></div>",
      own: [yahoo], quoted: parts.old)
    let divided = own
    add(
      "divider",
      ([divided, "", parts.divider]
        + plainHeader(from: "Desk <support@example.com>", subject: "\(parts.answerMark) X200")
        + [""] + parts.old).map(Self.escaped).joined(separator: "<br>"),
      own: [divided], quoted: parts.old)
    let below = own
    add(
      "bottom-posted",
      ([parts.attributions[2]] + parts.old.map { "> " + $0 } + ["", below])
        .map(Self.escaped).joined(separator: "<br>"), own: [below], quoted: parts.old)
  }

  /// Old messages that the thread holds.
  private mutating func threaded() {
    let words = own
    let agent = "<div>\(oldHTML)</div>"
    add(
      "repeated without marks",
      "<div>\(words)</div><div>\(Self.escaped(parts.attributions[0]))</div><div>\(oldLines)</div>",
      earlier: ["<p>\(otherOwn)</p>", agent], own: [words], quoted: parts.old)
    let marked = own
    add(
      "repeated without a header",
      ([marked, ""] + parts.old.map { "> " + $0 }).map(Self.escaped).joined(separator: "<br>"),
      earlier: [agent], own: [marked], quoted: parts.old)
    let foreign = own
    add(
      "repeated under a forward's header",
      "<p>\(foreign)</p><p>\(parts.forward)</p><p>\(outlookHeader(from: sender, subject: "X200"))</p>"
        + oldHTML, earlier: [agent], own: [foreign], quoted: parts.old)
    let pasted = own
    let error = "npm ERR! missing script: start"
    add(
      "a log with marks",
      "<p>\(pasted)</p><p>&gt; \(error)<br>&gt; code 4711</p>", earlier: [agent],
      own: [pasted, error, "code 4711"])
  }

  private mutating func answeredInside() {
    let (questions, answers) = (parts.questions, parts.answers)
    add(
      "answers between marks",
      [
        parts.attributions[1], "> " + questions[0], answers[0], "> " + questions[1], answers[1],
      ].map(Self.escaped).joined(separator: "<br>"), own: answers)
    let greeting = own
    add(
      "answers in another colour",
      "<p class=\"MsoNormal\">\(greeting)</p>"
        + outlookQuote(
          zip(questions, answers).map {
            "<p class=\"MsoNormal\">\($0)</p><p class=\"MsoNormal\"><span style=\"color:#C00000\">\($1)</span></p>"
          }.joined()), own: [greeting] + answers)
    let highlighted = own
    add(
      "answers highlighted",
      "<div>\(highlighted)</div><div class=\"gmail_quote\"><div>\(Self.escaped(parts.attributions[0]))</div>"
        + "<blockquote>\(questions[0]) <span style=\"background-color:yellow\">\(answers[0])</span><br>"
        + "\(questions[1])<br><font color=\"blue\">\(answers[1])</font></blockquote></div>",
      own: [highlighted] + answers)
    add(
      "answers announced",
      "<p>\(parts.hint)</p>"
        + outlookQuote(zip(questions, answers).map { "<p>\($0)</p><p>\($1)</p>" }.joined()),
      own: [parts.hint] + answers)
    let thread = own
    add(
      "answers without a sign",
      "<p>\(thread)</p>"
        + outlookQuote(
          "<p>\(parts.old[0])</p><p>\(parts.old[1])</p><p>\(answers[0])</p><p>\(parts.old[2])</p>"
            + "<p>\(parts.old[3])</p>"),
      earlier: [oldHTML], own: [thread, answers[0]])
  }

  private mutating func forwarded() {
    let words = own
    let inside = otherOwn
    add(
      "forwarded by Gmail",
      "<div dir=\"ltr\">\(words)<br><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">"
        + "\(parts.forward)<br>"
        + plainHeader(from: "Max Berg <max@example.com>", subject: "X200").map(Self.escaped)
        .joined(separator: "<br>")
        + "<br></div><br>\(inside)</div></div>", own: [words, inside])
    let outlook = own
    let other = otherOwn
    add(
      "forwarded by Outlook",
      "<p class=\"MsoNormal\">\(outlook)</p><div><p class=\"MsoNormal\">"
        + outlookHeader(from: "Max Berg &lt;max@example.com&gt;", subject: "X200")
        + "</p></div><p class=\"MsoNormal\">\(other)</p>", own: [outlook, other])
    let bare = own
    add(
      "forwarded without words",
      ([parts.forward] + plainHeader(from: "Max Berg <max@example.com>", subject: "X200") + [
        "", bare,
      ])
      .map(Self.escaped).joined(separator: "<br>"), own: [bare])
  }

  private mutating func signed() {
    let words = own
    add("device", "<div>\(words)<br><br>\(parts.device)</div>", own: [words])
    let signed = own
    add(
      "signature",
      "<div>\(signed)</div><div><br>-- <br>Ada Fox<br>Fox Ltd<br>Tel: +44 20 5550 0100<br>"
        + "ada@example.com<br></div>", own: [signed])
    add("nothing but a device", "<div>\(parts.device)</div>", own: [parts.device])
  }

  /// Words of the writer that look like something else.
  private mutating func misleading() {
    let words = own
    add(
      "list under dashes",
      ([words, "--"] + parts.listUnderDashes).joined(separator: "<br>"),
      own: [words] + parts.listUnderDashes)
    let name = own
    add("sentence under dashes", "\(name)<br>--<br>\(otherOwn)", own: [name, otherOwn])
    let device = own
    add(
      "sentence like a device line", "<p>\(device)</p><p>\(parts.likeDevice)</p>",
      own: [device, parts.likeDevice])
    let legal = own
    add(
      "sentence like a disclaimer", "<p>\(legal)</p><p>\(parts.likeDisclaimer)</p>",
      own: [legal, parts.likeDisclaimer])
    let attribution = own
    add(
      "sentence like an attribution", "<p>\(parts.likeAttribution)</p><p>\(attribution)</p>",
      own: [parts.likeAttribution, attribution])
    let form = own
    add(
      "form like a header",
      "<p>\(form)</p><p>\(parts.form.joined(separator: "<br>"))</p><p>\(otherOwn)</p>",
      own: [form] + parts.form + [otherOwn])
  }
}
