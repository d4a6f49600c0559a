import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// The cursor stands where the work is, seen or not.
@Suite struct CursorTests {
  /// The beginnings of the rows that are drawn as selected.
  private func selected(_ frame: Frame) -> [Point] {
    (0..<frame.size.height).compactMap { y in
      (0..<frame.size.width).first { x in
        let role = frame[Point(x: x, y: y)].role
        return role == .selected || role == .menuItemSelected
      }.map { Point(x: $0, y: y) }
    }
  }

  @Test(arguments: [
    "j", "j j G", "l", "l J", "g o", "g d", "g v", "?", "? j j", "s", "s j", "S", "x x", "g s", "F",
  ])
  func itStandsAtTheBeginningOfWhatIsSelected(keys: String) throws {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.select(48207)
    driver.press(keys)
    let frame = driver.settle()
    let cursor = try #require(frame.cursor, "\(keys)")
    #expect(selected(frame).contains(cursor), "\(keys): \(cursor)\n\(frame.text)")
    #expect(!frame.isCursorVisible)
  }

  @Test(arguments: ["d", "Q", "i Tab Tab"])
  func itStandsInTheBoxOrPaneThatIsInUse(keys: String) {
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: SampleOutbox.desk())
    driver.press(keys)
    let frame = driver.settle()
    #expect(frame.cursor != nil, "\(keys)")
    #expect(!frame.isCursorVisible)
  }

  @Test(arguments: ["/", ":", "r", "c", "a", "#"])
  func itIsSeenWhereTextIsWritten(keys: String) {
    let driver = ConsoleDriver()
    driver.press(keys)
    #expect(driver.settle().isCursorVisible, "\(keys)")
  }

  @Test func aThemeIsChosenByName() {
    let driver = ConsoleDriver()
    driver.press(":")
    driver.type("theme neutral\n")
    #expect(driver.desk.themes == [.neutral])
    driver.press(":")
    driver.type("theme auto\n")
    #expect(driver.desk.themes == [.neutral, nil])
    driver.press(":")
    driver.type("theme pink\n")
    #expect(driver.desk.themes.count == 2)
    #expect(driver.screen.contains("there is no theme \"pink\""))
  }
}
