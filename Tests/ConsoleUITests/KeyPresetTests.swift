import ConsoleUI
import Terminal
import Testing

@Suite struct KeyPresetTests {
  @Test(arguments: KeyPreset.allCases) func aPresetHasNoClash(preset: KeyPreset) {
    #expect(KeyTable(records: preset.records).clashes().map(\.description) == [])
  }

  @Test(arguments: [KeyPreset.mutt, .web]) func aPresetIsFrozen(preset: KeyPreset) {
    expectSnapshot(
      KeyTable(records: preset.records).listing, named: "keys-\(preset.rawValue)")
  }

  @Test(arguments: KeyPreset.allCases) func noPresetLosesAnAction(preset: KeyPreset) {
    let table = KeyTable(records: preset.records)
    for record in KeyTable.console {
      for place in record.bindings.flatMap(\.places) {
        #expect(
          table.record(record.id)?.sequences(in: place).isEmpty == false,
          "\(record.id.rawValue) in \(place.rawValue)")
      }
    }
  }
}

@Suite struct OwnKeysTests {
  private func problem(_ own: OwnKeys..., preset: KeyPreset = .console) -> KeyProblem? {
    do throws(KeyProblem) {
      _ = try KeyTable(preset: preset, own: own)
      return nil
    } catch {
      return error
    }
  }

  @Test func anOwnKeyTakesThePlaceOfTheShippedOne() throws {
    let table = try KeyTable(preset: .console, own: [OwnKeys(action: "reply", keys: ["B", "gB"])])
    #expect(table.match([.character("B")], in: .queue) == .command(.reply))
    #expect(table.match([.character("B")], in: .thread) == .command(.reply))
    #expect(table.match([.character("r")], in: .queue) == KeyTable.Match.none)
  }

  @Test func aKeyCanBeForOnePlaceOnly() throws {
    let table = try KeyTable(
      preset: .console, own: [OwnKeys(action: "reply", place: "thread", keys: ["E"])])
    #expect(table.match([.character("E")], in: .thread) == .command(.reply))
    #expect(table.match([.character("r")], in: .queue) == .command(.reply))
  }

  @Test func noKeysTakeTheActionsKeysAway() throws {
    let table = try KeyTable(
      preset: .console,
      own: [OwnKeys(action: "merge", keys: []), OwnKeys(action: "assign", keys: ["M"])])
    #expect(table.match([.character("M")], in: .queue) == .command(.assign))
  }

  @Test func aClashIsRefusedWithBothNames() {
    let found = problem(OwnKeys(action: "reply", keys: ["j"]))
    #expect(found?.setting == 0)
    #expect(found?.sentence == "queue: j is bound to row-down and to reply")
  }

  @Test func aKeyThatBeginsALongerOneIsRefused() {
    #expect(
      problem(OwnKeys(action: "reply", keys: ["g"]))?.sentence.contains("beginning of") == true)
  }

  @Test func unknownNamesAndKeysAreRefused() {
    let unknown = problem(
      OwnKeys(action: "take", keys: ["X"]), OwnKeys(action: "replly", keys: ["r"]))
    #expect(unknown?.setting == 1)
    #expect(unknown?.sentence.hasPrefix("there is no action \"replly\"") == true)
    #expect(unknown?.sentence.contains("reply") == true)
    let key = problem(OwnKeys(action: "reply", keys: ["Hyper-x"]))
    #expect(key?.sentence.contains("is no key") == true)
    let place = problem(OwnKeys(action: "reply", place: "kitchen", keys: ["X"]))
    #expect(place?.sentence.hasPrefix("there is no place \"kitchen\"") == true)
  }

  @Test func aKeyThatTerminalsEatIsRefused() {
    #expect(problem(OwnKeys(action: "reply", keys: ["Ctrl-s"]))?.sentence.contains("eaten") == true)
  }

  @Test func helpAndHintsShowTheKeysInForce() throws {
    let table = try KeyTable(preset: .console, own: [OwnKeys(action: "reply", keys: ["B"])])
    let driver = ConsoleDriver(Size(width: 120, height: 40), keys: table)
    #expect(driver.screen.contains("B reply"))
    driver.press("?")
    driver.type("/reply to the customer\n")
    #expect(driver.screen.contains("B                      reply to the customer"))
    driver.press("q B")
    #expect(driver.state.composer?.kind == .reply)
  }

  @Test func mutt() throws {
    let table = try KeyTable(preset: .mutt, own: [])
    let driver = ConsoleDriver(keys: table)
    driver.press("t")
    #expect(driver.state.queue.marks.count == 1)
    driver.press("l")
    #expect(driver.state.place == .filter)
  }

  @Test func webClosesOnlyAfterAQuestion() throws {
    let table = try KeyTable(preset: .web, own: [])
    let driver = ConsoleDriver(keys: table)
    driver.press("x")
    #expect(driver.screen.contains("CLOSE #"))
    #expect(driver.desk.submissions.isEmpty)
    driver.press("y")
    #expect(driver.desk.submissions.count == 1)
  }
}
