/// Chance with a seed, one stream for each record.
struct Dice {
  enum Kind: UInt64 {
    case company = 1
    case contact = 2
    case ticket = 3
  }

  private var state: UInt64

  init(_ seed: UInt64, _ kind: Kind, _ number: Int) {
    state =
      seed &* 0x9e37_79b9_7f4a_7c15 ^ kind.rawValue << 56 ^ UInt64(number) &* 0xd134_2543_de82_ef95
    _ = next()
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to and without `limit`, which has to be positive.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }

  mutating func subject() -> String {
    switch below(20) {
    case 0: pick(BenchWords.foreignSubjects)
    case 1: "Re: " + pick(BenchWords.subjects) + " \(below(100_000))"
    default: pick(BenchWords.subjects) + " " + pick(BenchWords.endings)
    }
  }

  /// About 160 characters a message, as conversations of a real shop have.
  mutating func paragraphs(_ count: Int) -> String {
    (0..<count).map { _ in
      if below(20) == 0 { return pick(BenchWords.foreignSentences) }
      return (0..<(1 + below(3))).map { _ in sentence() }.joined(separator: " ")
    }.joined(separator: "\n\n")
  }

  private mutating func sentence() -> String {
    let words = (0..<(6 + below(10))).map { _ in
      // A long tail of rare words, as real mail has: order numbers, versions, names.
      below(12) == 0 ? "ref\(below(500_000))" : pick(BenchWords.words)
    }
    return words.joined(separator: " ") + "."
  }
}
