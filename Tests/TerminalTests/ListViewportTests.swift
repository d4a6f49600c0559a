import Terminal
import Testing

@Suite("ListViewport") struct ListViewportTests {
  @Test func scrollsNoMoreThanNeeded() {
    var list = ListViewport()
    list.move(by: 4, count: 100, height: 5)
    #expect(list == ListViewport(cursor: 4, offset: 0))
    list.move(by: 1, count: 100, height: 5)
    #expect(list == ListViewport(cursor: 5, offset: 1))
    list.movePages(1, count: 100, height: 5)
    #expect(list == ListViewport(cursor: 9, offset: 5))
    list.moveToLast(count: 100, height: 5)
    #expect(list == ListViewport(cursor: 99, offset: 95))
    list.move(by: 1, count: 100, height: 5)
    #expect(list.cursor == 99)
  }

  @Test func keepsTheItemOnItsScreenRowWhenRowsComeAbove() {
    var list = ListViewport(cursor: 12, offset: 10)
    let ids = Array(0..<3).map { $0 - 100 } + Array(0..<100)
    let isFound = list.follow(12, in: ids, height: 5)
    #expect(isFound)
    #expect(list == ListViewport(cursor: 15, offset: 13))
  }

  @Test func keepsItsNumberWhenTheItemIsGone() {
    var list = ListViewport(cursor: 3, offset: 0)
    let isFound = list.follow(7, in: [1, 2], height: 5)
    #expect(!isFound)
    #expect(list == ListViewport(cursor: 1, offset: 0))
  }

  @Test func survivesEmptyListsAndPanesWithoutRows() {
    var list = ListViewport(cursor: 9, offset: 7)
    list.fit(count: 0, height: 0)
    #expect(list == ListViewport())
    #expect(list.visible(count: 0, height: 0).isEmpty)
  }
}
