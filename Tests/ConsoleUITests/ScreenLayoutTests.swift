import ConsoleUI
import Terminal
import Testing

@Suite struct ScreenLayoutTests {
  private func switches() -> [LayoutSwitches] {
    var all: [LayoutSwitches] = []
    for focus in Pane.allCases {
      for sidebar in [nil, true, false] as [Bool?] {
        for preview in [true, false] {
          for composing in [true, false] {
            for size in PaneSize.allCases {
              all.append(
                LayoutSwitches(
                  focus: focus, showsSidebar: sidebar, showsPreview: preview,
                  isComposing: composing, paneSize: size))
            }
          }
        }
      }
    }
    return all
  }

  private func rects(_ layout: ScreenLayout) -> [Rect] {
    [
      layout.tabs, layout.titles, layout.queue, layout.peek, layout.threadTitle, layout.thread,
      layout.threadFoot, layout.sidebar, layout.composer,
    ].compactMap { $0 } + layout.horizontalRules + layout.verticalRules + [
      layout.status, layout.hints,
    ]
  }

  @Test func nothingOverlapsAndNothingIsOutside() {
    let all = switches()
    var index = 0
    for width in stride(from: 20, through: 250, by: 3) {
      for height in stride(from: 5, through: 80, by: 2) {
        // Every size with two of the switch sets, so that all of them meet many sizes.
        for _ in 0..<2 {
          index += 1
          let switches = all[index * 7 % all.count]
          let layout = ScreenLayout(size: Size(width: width, height: height), switches: switches)
          guard layout.shape != .tooSmall else { continue }
          let rects = rects(layout)
          let bounds = Rect(x: 0, y: 0, width: width, height: height)
          for (place, rect) in rects.enumerated() {
            let isInside = rect.intersection(bounds) == rect
            #expect(isInside, "\(width)x\(height) \(switches) \(rect)")
            if let other = rects[(place + 1)...].first(where: { $0.intersects(rect) }) {
              Issue.record("\(width)x\(height) \(switches): \(rect) and \(other)")
            }
          }
        }
      }
    }
  }

  @Test func theStatusLineAndTheHintsAreTheLastRows() {
    for height in 5...80 {
      let layout = ScreenLayout(size: Size(width: 80, height: height))
      #expect(layout.hints == Rect(x: 0, y: height - 1, width: 80, height: 1))
      #expect(layout.status == Rect(x: 0, y: height - 2, width: 80, height: 1))
    }
  }

  @Test(arguments: [
    (29, ScreenLayout.Shape.tooSmall), (30, .single), (99, .single), (100, .stacked),
    (159, .stacked), (160, .columns), (250, .columns),
  ]) func theShapeChangesAtTheBreakPoints(width: Int, shape: ScreenLayout.Shape) {
    #expect(ScreenLayout(size: Size(width: width, height: 40)).shape == shape)
  }

  @Test func underTwentyRowsThePeekGoesThenTheTabs() {
    #expect(ScreenLayout(size: Size(width: 80, height: 20)).peek != nil)
    let low = ScreenLayout(size: Size(width: 80, height: 19))
    #expect(low.peek == nil && low.tabs != nil)
    let lower = ScreenLayout(size: Size(width: 80, height: 11))
    #expect(lower.tabs == nil && lower.queue != nil)
  }

  @Test func thePaneInFocusIsAlwaysShown() {
    for width in [30, 79, 80, 99, 100, 130, 159, 160, 200] {
      for height in [7, 12, 20, 24, 40] {
        for focus in [Pane.queue, .thread] {
          for size in PaneSize.allCases {
            let layout = ScreenLayout(
              size: Size(width: width, height: height),
              switches: LayoutSwitches(focus: focus, paneSize: size))
            #expect(layout.shows(focus), "\(width)x\(height) \(focus) \(size)")
          }
        }
      }
    }
  }

  @Test func columnsStandWhereTheDrawingsHaveThem() {
    let narrow = QueueColumns(width: 80)
    #expect(narrow.subject.start == 10 && narrow.requester?.start == 45)
    #expect(narrow.status?.start == 62 && narrow.priority?.start == 67)
    #expect(narrow.serviceClock.start == 69 && narrow.agent?.start == 75)
    let wide = QueueColumns(width: 120)
    #expect(wide.requester?.start == 61 && wide.status?.start == 82)
    #expect(wide.priority?.start == 90 && wide.serviceClock.start == 98)
    #expect(wide.agent?.start == 104 && wide.updated?.start == 114)
    let column = QueueColumns(width: 66, isColumn: true)
    #expect(column.priority?.start == 52 && column.serviceClock.start == 54)
    #expect(column.agent?.start == 60 && column.requester == nil)
  }

  @Test func longNumbersPushTheSubject() {
    let columns = QueueColumns(width: 80, digits: 7)
    #expect(columns.number.width == 7 && columns.subject.start == 12)
  }

  @Test func underEightyColumnsRequesterAgentAndStatusGoInThisOrder() {
    #expect(QueueColumns(width: 79).requester == nil && QueueColumns(width: 79).agent != nil)
    #expect(QueueColumns(width: 59).agent == nil && QueueColumns(width: 59).status != nil)
    #expect(QueueColumns(width: 44).status == nil)
    #expect(QueueColumns(width: 30).subject.width > 5)
  }

  @Test func aTooSmallWindowSaysWhichSizeIsNeeded() {
    let driver = ConsoleDriver(Size(width: 20, height: 5))
    #expect(driver.screen.contains("30x7"))
    driver.resize(80, 24)
    #expect(driver.screen.contains("48213"))
  }
}
