/// Tickets whose words match a filter text: as few as possible, then as a set.
struct TextMatches {
  var text: String
  var version: Int64
  var ids: TicketSet
  /// The same as a JSON list, when there are few enough to be sorted on the spot.
  var few: String?
}

/// A set of ticket numbers: one bit each while they are small, which they are at helpdesks that count
/// tickets from 1.
struct TicketSet {
  private static let bitLimit: Int64 = 64_000_000
  private var bits: [UInt64] = []
  private var others = Set<Int64>()

  mutating func insert(_ id: Int64) {
    guard id >= 0, id < Self.bitLimit else {
      others.insert(id)
      return
    }
    let word = Int(id >> 6)
    if word >= bits.count {
      bits.append(contentsOf: repeatElement(0, count: max(word + 1 - bits.count, bits.count)))
    }
    bits[word] |= 1 << UInt64(id & 63)
  }

  func contains(_ id: Int64) -> Bool {
    guard id >= 0, id < Self.bitLimit else { return others.contains(id) }
    let word = Int(id >> 6)
    return word < bits.count && bits[word] & (1 << UInt64(id & 63)) != 0
  }
}
