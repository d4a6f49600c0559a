import Glibc
import Terminal
import Testing

@Suite("DisplayWidth") struct DisplayWidthTests {
  /// Everything that may be drawn takes as many cells as the C library, and so ncurses, thinks.
  @Test func agreesWithTheCLibraryOnEveryDrawnScalar() throws {
    let locale = try #require(newlocale(characterTypeMask, "C.UTF-8", nil))
    // The overlay of Glibc leaves wcwidth out.
    let symbol = try #require(dlsym(nil, "wcwidth"))
    let width = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
    let previous = uselocale(locale)
    defer {
      uselocale(previous)
      freelocale(locale)
    }
    var disputed: [String] = []
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected: Int32? =
        switch DisplayWidth.scalarClass(of: scalar) {
        case .mark: 0
        case .narrow: 1
        case .wide: 2
        case .unknown, .invisible: nil
        }
      if let expected, width(wchar_t(value)) != expected {
        disputed.append(scalar.escaped(asASCII: true))
      }
    }
    #expect(disputed == [])
  }

  @Test func theReplacementItselfTakesOneCell() {
    #expect(DisplayWidth.scalarClass(of: "\u{FFFD}") == .narrow)
  }

  @Test(arguments: [
    ("plain", 5), ("日本", 4), ("e\u{301}", 1), ("\u{1F600}", 2), ("한국어", 6),
    ("\u{1B}[31mred\u{1B}[0m", 3), ("", 0),
  ])
  func textTakesTheCellsOfItsCleanedScalars(_ text: String, _ cells: Int) {
    #expect(DisplayWidth.cells(of: text) == cells)
  }

  /// `LC_CTYPE_MASK` is a macro that does not import.
  private let characterTypeMask: Int32 = 1 << LC_CTYPE
}
