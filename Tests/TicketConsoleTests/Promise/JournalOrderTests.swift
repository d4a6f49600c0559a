import ConsoleModel
import ConsoleTestSupport
import ConsoleUI
import Helpdesk
import Synchronization
import Testing

@testable import TicketConsole

/// The console's calls of the journal, in the order of the keys.
@Suite struct JournalOrderTests {
  /// The numbers of calls in the order of their answers.
  private final class Answers: Sendable {
    private let numbers = Mutex<[Int]>([])
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
    var all: [Int] { numbers.withLock { $0 } }
  }

  @Test func aDraftIsOpenedAndClosedInOrder() async throws {
    let folder = TemporaryFolder()
    let journal = try Journal(
      Journal.Options(folder: folder.path, account: "acme", person: "Robin"))
    let calls = JournalCalls.to(
      journal, flush: {}, forecast: { _ in Forecast(seconds: 0, budget: nil) })
    let answers = Answers()
    let key = DraftKey(ticketID: TicketID(4), kind: .reply)
    let last = 200
    await withCheckedContinuation { (ended: CheckedContinuation<Void, Never>) in
      for number in 1...last {
        calls.setOpenDraft(number.isMultiple(of: 2) ? nil : key) { _ in
          answers.add(number)
          if number == last { ended.resume() }
        }
      }
    }
    #expect(answers.all == Array(1...last))
    let other = ProcessIdentity.current(token: 1)
    #expect(try await journal.drafts.setOpen((key.ticketID, key.kind), by: other).isEmpty)
  }
}
