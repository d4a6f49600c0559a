/// A generator of numbers that gives the same ones for the same seed, on every machine and in
/// every version of Swift (SplitMix64).
struct SeededRandom: Sendable {
  private var state: UInt64

  init(seed: UInt64, stream: UInt64 = 0) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ stream &* 0xD1B5_4A32_D192_ED03
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to `bound`, which is at least 1; the bound itself is left out.
  mutating func below(_ bound: Int) -> Int {
    Int(((next() >> 32) &* UInt64(max(bound, 1))) >> 32)
  }

  /// A number of the range, both ends included.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// From 0 up to 1.
  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

  mutating func chance(_ share: Double) -> Bool { unit() < share }

  /// One of the items; there must be one.
  mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
