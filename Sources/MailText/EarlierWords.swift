/// The words that the messages of a thread hold, so that it can be told whether a quoted text only
/// repeats them.
///
/// Made once for a thread; asking about a message costs time with its length only.
public struct EarlierWords: Equatable, Sendable {
  /// For three words in a row the first message that has them.
  private var firstMessage: [Int: Int] = [:]
  private var messageCount = 0

  /// Bytes of each message that take part.
  private static let messageBytes = 32 << 10

  public init() {}

  /// The messages of a thread in their order.
  public init(_ texts: some Sequence<String>) {
    for text in texts { append(text) }
  }

  public mutating func append(_ text: String) {
    var words = Words()
    let end = text.utf8.index(
      text.startIndex, offsetBy: Self.messageBytes, limitedBy: text.endIndex)
    let start = end.map { String(decoding: text.utf8[..<$0], as: UTF8.self) } ?? text
    for line in start.split(separator: "\n") { words.read(line) }
    for triple in words.triples() where firstMessage[triple] == nil {
      firstMessage[triple] = messageCount
    }
    messageCount += 1
  }

  /// What the first `count` messages hold of the words in the lines.
  func share(of lines: some Sequence<String>, inFirst count: Int) -> Share {
    var words = Words()
    for line in lines { words.read(line[...]) }
    guard count > 0, !words.hashes.isEmpty else { return .none }
    var isKnown = Array(repeating: false, count: words.hashes.count)
    for (index, triple) in words.triples().enumerated() {
      guard let first = firstMessage[triple], first < count else { continue }
      for covered in index..<min(index + 3, isKnown.count) { isKnown[covered] = true }
    }
    let known = isKnown.count { $0 }
    if known == isKnown.count { return .all }
    guard known * 2 >= isKnown.count, let first = isKnown.firstIndex(of: true),
      let last = isKnown.lastIndex(of: true)
    else { return known > 0 ? .some : .none }
    return .most(isInterrupted: isKnown[first...last].contains(false))
  }

  enum Share: Equatable {
    case all
    /// At least half; whether other words stand between them.
    case most(isInterrupted: Bool)
    case some, none
  }

  /// Words without what mail programs change when they quote: marks, targets of links, case.
  private struct Words {
    var hashes: [Int] = []
    private var word = seed
    private var isInWord = false

    /// Not the same in two runs, so that nobody writes words that count as others.
    private static let seed = Int.random(in: .min ... .max)

    private mutating func add(_ scalar: UInt32) {
      word = (word ^ Int(scalar)) &* 0x100_0000_01B3
      isInWord = true
    }

    mutating func read(_ line: Substring) {
      let text = line.contains("<") || line.contains("[") ? Self.plain(line) : line
      if text.utf8.allSatisfy({ $0 < 0x80 }) { return readASCII(text) }
      for scalar in text.lowercased().unicodeScalars {
        if Self.isEastAsian(scalar) {
          // Their words have no blanks between them: each sign counts.
          end()
          add(scalar.value)
          end()
        } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || scalar.properties.generalCategory == .nonspacingMark
        {
          add(scalar.value)
        } else if scalar.value != 0x200C, scalar.value != 0x200D {
          end()
        }
      }
      end()
    }

    private mutating func readASCII(_ text: Substring) {
      for byte in text.utf8 {
        switch byte {
        case 0x41...0x5A: add(UInt32(byte | 0x20))
        case 0x61...0x7A, 0x30...0x39: add(UInt32(byte))
        default: end()
        }
      }
      end()
    }

    private mutating func end() {
      guard isInWord else { return }
      hashes.append(word)
      word = Self.seed
      isInWord = false
    }

    /// One number for each three words in a row; for fewer words, one for all of them.
    func triples() -> [Int] {
      guard hashes.count >= 3 else { return hashes.isEmpty ? [] : [Self.number(hashes[...])] }
      return (0...(hashes.count - 3)).map { Self.number(hashes[$0..<$0 + 3]) }
    }

    private static func number(_ words: ArraySlice<Int>) -> Int {
      words.reduce(words.count) { ($0 ^ $1) &* 0x9E37_79B9_7F4A_7C1 &+ ($0 >> 29) }
    }

    private static func isEastAsian(_ scalar: Unicode.Scalar) -> Bool {
      (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
    }

    /// The line without the targets of links and the marks that were added to it.
    private static func plain(_ line: Substring) -> Substring {
      var result = ""
      var rest = InkMarks.removed(from: String(line))[...]
      while let open = rest.firstIndex(where: { $0 == "<" || $0 == "[" }) {
        result += rest[..<open]
        rest = rest[open...]
        let isMark =
          rest.hasPrefix("<http") || rest.hasPrefix("<mailto:") || rest.hasPrefix("[image")
        let close: Character = rest.first == "<" ? ">" : "]"
        guard isMark, let end = rest.firstIndex(of: close) else {
          result += " "
          rest = rest.dropFirst()
          continue
        }
        rest = rest[rest.index(after: end)...]
      }
      return (result + rest)[...]
    }
  }
}
