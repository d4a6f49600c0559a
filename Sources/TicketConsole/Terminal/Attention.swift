/// What is seen and heard outside the window: its title, and the bell.
struct Attention {
  /// What is to be done now.
  struct Calls: Equatable {
    /// The title where it is another one than before.
    var title: String?
    var rings = false
  }

  private let account: String
  private let ringsBell: Bool
  /// Whether the window is in use; true where the terminal does not say so only after it said it.
  var isFocused = false
  /// Tickets with words of a customer that nobody has read, as last told.
  private var told: Int?

  init(account: String, ringsBell: Bool) {
    self.account = account
    self.ringsBell = ringsBell
  }

  /// What follows from a number of tickets with new words.
  mutating func calls(newWords: Int) -> Calls {
    guard told != newWords else { return Calls() }
    let isMore = told.map { newWords > $0 } ?? false
    told = newWords
    let count = newWords == 0 ? "" : "(\(newWords)) "
    return Calls(
      title: "\(count)\(account) - Ticket Console", rings: ringsBell && isMore && !isFocused)
  }
}
