import Terminal
import Testing

@Suite("Key notation") struct KeyTests {
  @Test(arguments: [
    ("j", Key.character("j")), ("G", .character("G")), ("Space", .character(" ")),
    ("Ctrl-d", .control("d")), ("PgDn", .pageDown), ("Esc", .escape), ("Shift-Tab", .backTab),
    ("F1", .function(1)), ("F", .character("F")), ("Alt-b", .alt("b")), ("-", .character("-")),
    ("ß", .character("ß")),
  ])
  func notationIsReadAndWritten(_ notation: String, _ key: Key) {
    #expect(Key(notation: notation) == key)
    #expect(key.notation == notation)
  }

  @Test(arguments: ["", "ab", "Ctrl-", "F99", "Ctrl-de", " "])
  func otherWordsAreNoKeys(_ notation: String) {
    #expect(Key(notation: notation) == nil)
  }

  @Test func sequencesKnowTheirPrefixes() {
    let go = KeySequence(notation: "g")
    let outbox = KeySequence(notation: "g o")
    #expect(outbox?.keys == [.character("g"), .character("o")])
    #expect(outbox?.notation == "g o")
    #expect(go.flatMap { go in outbox.map { go.isPrefix(of: $0) } } == true)
    #expect(outbox.map { $0.isPrefix(of: $0) } == false)
  }
}
