import ConsoleModel
import ConsoleTestSupport
import Testing

@Suite struct PreferencesTests {
  private func read(_ text: String) throws -> Preferences {
    try PreferencesFile.read(text, path: "config.toml")
  }

  @Test func withoutAFileTheDefaultsHold() throws {
    let folder = TemporaryFolder()
    let profile = Profile(folder: folder.path, workingDirectory: "/")
    #expect(try PreferencesFile(profile: profile).load() == Preferences())
  }

  @Test func everySettingIsRead() throws {
    var expected = Preferences()
    expected.holdSeconds = 30
    expected.afterAction = .next
    expected.quietTimeMilliseconds = 400
    expected.bulkConfirmAbove = 5
    expected.theme = .highContrast
    expected.usesMouse = true
    expected.signature = "Best,\nTom"
    expected.editor = "vim -n"
    expected.syncSeconds = 0
    expected.threadDays = 7
    expected.startView = "Mine"
    expected.warnsOfMissingAttachment = false
    expected.views = [.init(name: "Mine", query: "agent:me"), .init(name: "VIP", query: "tag:vip")]
    expected.keyPreset = "mutt"
    expected.keys = [
      .init(action: "reply", keys: ["r"], line: 23),
      .init(action: "next-ticket", keys: ["j", "Down"], line: 24),
      .init(action: "files", place: "thread", keys: ["E"], line: 26),
    ]
    let text = """
      hold_seconds = 30
      after_action = "next"
      quiet_time_ms = 400
      bulk_confirm_above = 5
      theme = "high-contrast"
      mouse = true
      signature = "Best,\\nTom"
      editor = "vim -n"
      sync_seconds = 0
      thread_days = 7
      start_view = "Mine"
      warn_missing_attachment = false

      [[views]]
      name = "Mine"
      query = "agent:me"
      [[views]]
      name = "VIP"
      query = "tag:vip"

      [keys]
      preset = "mutt"
      reply = "r"
      next-ticket = ["j", "Down"]
      [keys.thread]
      files = "E"
      """
    #expect(try read(text) == expected)
  }

  @Test func keysMayNameThePresetAlone() throws {
    #expect(try read("keys = \"web\"").keyPreset == "web")
  }

  @Test func thePrintedDefaultsAreTheDefaults() throws {
    #expect(try read(PreferencesFile.defaults) == Preferences())
  }

  @Test func macrosAreReadInTheirOrder() throws {
    let read = try read(
      """
      [[macros]]
      name = "VPN"
      status = "Pending"
      priority = "High"
      agent = "none"
      group = "Network"
      type = "Incident"
      tags = ["vpn", "-new"]
      [[macros]]
      name = "Spam"
      tags = "spam"
      """)
    #expect(
      read.macros == [
        .init(
          name: "VPN", status: "Pending", priority: "High", agent: "none", group: "Network",
          type: "Incident", tags: ["vpn", "-new"]),
        .init(name: "Spam", tags: ["spam"]),
      ])
  }

  @Test(arguments: [
    ("hold = 3", 1, 1, "unknown key \"hold\""),
    ("\n  hold_seconds = \"x\"", 2, 3, "hold_seconds has to be a whole number, found a text"),
    ("hold_seconds = 601", 1, 1, "hold_seconds has to be between 0 and 600"),
    ("after_action = \"up\"", 1, 1, "after_action has to be one of stay, next, queue"),
    ("[[views]]\nquery = \"x\"", 1, 1, "a view needs a name"),
    ("[[macros]]\nstatus = \"x\"", 1, 1, "a macro needs a name"),
    ("[[macros]]\nname = \"x\"", 1, 1, "the macro \"x\" changes nothing"),
    ("[[macros]]\nname = \"x\"\nstate = \"y\"", 3, 1, "unknown key \"state\""),
    ("[keys]\nreply = [1]", 2, 10, "reply has to be a text, found a whole number"),
  ])
  func whatDoesNotFitIsNamedWithItsPlace(text: String, line: Int, column: Int, problem: String) {
    do {
      _ = try read(text)
      Issue.record("it was read")
    } catch ConfigurationError.invalid(_, let foundLine, let foundColumn, let found) {
      #expect((foundLine, foundColumn) == (line, column))
      #expect(found.hasPrefix(problem))
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func hostileTextIsRefusedWithoutHarm() {
    for text in ["\u{0}", "a = \"\u{1B}[2J\"", String(repeating: "a=[", count: 10_000), "= 1"] {
      #expect(throws: ConfigurationError.self) { try read(text) }
    }
  }

  @Test(arguments: ["unknown\u{9B} = 1", "a = \u{202E}", "b\u{2028}c = 1", "\u{1B}[31m"])
  func complaintsHoldNothingThatATerminalActsOn(text: String) {
    do {
      _ = try PreferencesFile.read(text, path: "config.toml")
      Issue.record("accepted")
    } catch {
      let forbidden = error.sentence.unicodeScalars.filter {
        [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
      }
      #expect(forbidden.isEmpty, "\(error.sentence)")
    }
  }

  @Test(arguments: ["mouse = true\n[ʮ.u]\ntheme = \"dark\"\n", "a = 1\n[[é]]\n"])
  func tableWhoseNameBeginsBeyondASCIIIsAnErrorOfItsLine(text: String) {
    #expect(
      throws: ConfigurationError.invalid(
        path: "config.toml", line: 2, column: 1, problem: "this line is not understood")
    ) { try read(text) }
  }
}
