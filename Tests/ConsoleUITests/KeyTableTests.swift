import ConsoleUI
import Terminal
import Testing

@Suite struct KeyTableTests {
  private let table = KeyTable()

  @Test func theShippedMapHasNoClash() {
    #expect(table.clashes().map(\.description) == [])
  }

  @Test func theShippedMapIsFrozen() {
    expectSnapshot(table.listing, named: "keys-console")
  }

  @Test func everyCommandHasOneRecord() {
    #expect(Set(table.records.map(\.id)) == Set(CommandID.allCases))
    #expect(table.records.count == CommandID.allCases.count)
  }

  @Test func commandNamesAreUnique() {
    let names = table.records.compactMap(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func aKeyTwiceInAPlaceIsNamedWithBothSides() {
    var records = KeyTable.console
    records.append(
      CommandRecord(
        id: .goNumbers,
        bindings: [
          KeyBinding(places: [.queue], sequences: [KeySequence([.character("j")])])
        ], title: "second"))
    let clashes = KeyTable(records: records).clashes()
    #expect(clashes == [.twice(.queue, "j", .rowDown, .goNumbers)])
    #expect(clashes.first?.description == "queue: j is bound to row-down and to numbers")
  }

  @Test(arguments: [
    ("g", Place.queue), ("Ctrl-h", .queue), ("Alt-x", .queue), ("a", .editor),
    ("F7", .thread),
  ]) func aForbiddenBindingIsRefused(notation: String, place: Place) throws {
    let sequence = try #require(KeySequence(notation: notation))
    let record = CommandRecord(
      id: .goNumbers, bindings: [KeyBinding(places: [place], sequences: [sequence])],
      title: "own")
    let others = KeyTable.console.filter { $0.id != .goNumbers }
    #expect(!KeyTable(records: others + [record]).clashes().isEmpty)
  }

  @Test func aPrefixWaitsAndAnyOtherKeyLeavesIt() {
    let driver = ConsoleDriver()
    driver.press("g")
    #expect(driver.state.pendingKeys == [.character("g")])
    #expect(driver.screen.contains("o outbox"))
    driver.press("j")
    #expect(driver.state.pendingKeys == [])
    #expect(driver.state.queue.cursor == 0)
  }

  @Test func everyDisabledCommandSaysWhy() {
    let driver = ConsoleDriver()
    for record in table.records {
      guard let reason = record.unavailable, let keys = record.sequences(in: .queue).first else {
        continue
      }
      for key in keys.keys { driver.press(key) }
      #expect(driver.status.contains(reason), "\(record.id)")
    }
  }

  @Test func helpListsEveryBindingOfThePlace() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("? ?")
    var text = ""
    for _ in 0..<16 {
      text += driver.screen
      driver.press("Ctrl-f")
    }
    for record in table.records {
      for sequence in record.sequences(in: .queue).prefix(1) {
        #expect(text.contains(record.title.prefix(60)), "\(sequence.notation)")
      }
    }
  }
}
