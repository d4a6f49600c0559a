import Terminal
import Testing

@testable import ConsoleUI

/// Boxes and bars as the eye meets them.
@Suite("Boxes") struct BoxTests {
  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40)])
  func noWordsOfTheGroundTouchABox(_ size: Size) throws {
    let driver = ConsoleDriver(size)
    driver.press("a")
    let rows = driver.settle().rows
    let top = try #require(rows.firstIndex { $0.contains("┌") })
    let bottom = try #require(rows.firstIndex { $0.contains("└") })
    let box = Array(rows[top])
    let left = try #require(box.firstIndex(of: "┌"))
    let right = try #require(box.lastIndex(of: "┐"))
    for row in rows[top...bottom].map(Array.init) {
      for side in [row[..<left], row[(right + 1)...]] where side.count <= 12 {
        #expect(side.allSatisfy { $0 == " " }, "\(String(row))")
      }
      #expect(row[left - 1] == " " && row[right + 1] == " ", "\(String(row))")
    }
  }

  @Test func theCursorBarTakesTheWholeRow() throws {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("j")
    let frame = driver.settle()
    let row = try #require(frame.rows.firstIndex { $0.hasPrefix(">") })
    for column in 0..<120 {
      #expect(frame[Point(x: column, y: row)].role == .selected, "\(column)")
    }
  }

  @Test func completionsHaveABoxOfTheirOwn() throws {
    let driver = ConsoleDriver(Size(width: 80, height: 24))
    driver.press(":")
    let rows = driver.settle().rows
    let top = try #require(rows.firstIndex { $0.hasPrefix("┌") })
    #expect(rows[21].hasPrefix("└"))
    #expect(21 - top - 1 == 10)
    for row in rows[(top + 1)..<21] {
      #expect(row.hasPrefix("│") && row.trimmingBlanks.hasSuffix("│"), "\(row)")
    }
  }
}
