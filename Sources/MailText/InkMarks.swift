/// Marks words inside an old message that are written in another colour or font than the rest of
/// it: answers that would read like the old text.
enum InkMarks {
  /// Where the ink changes: bytes from the start of the text.
  struct Run {
    var offset: Int
    var ink: Ink
  }

  static let font = "[in another font] "
  static let highlight = "[highlighted] "
  static let plain = "[in the default colour] "
  static let colours = ["red", "orange", "yellow", "green", "blue", "purple"].map { mark(of: $0) }

  private static func mark(of colour: String) -> String { "[in \(colour)] " }

  /// The text without the marks.
  static func removed(from text: String) -> String {
    guard text.contains("[in ") || text.contains("[highlighted]") else { return text }
    return (colours + [font, highlight, plain]).reduce(text) { $0.replacing($1, with: "") }
  }

  static func areIn(_ line: String) -> Bool {
    guard line.utf8.contains(UInt8(ascii: "[")) else { return false }
    return (colours + [font, highlight, plain]).contains { line.contains($0) }
  }

  static func adding(to text: String, runs: [Run]) -> String {
    guard runs.contains(where: { $0.ink != runs.first?.ink }) else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let segments = QuoteHeader.oldMessages(in: lines)
    guard !segments.isEmpty else { return text }
    var starts = [0]
    for line in lines { starts.append(starts[starts.count - 1] + line.utf8.count + 1) }
    var marks: [(offset: Int, mark: String)] = []
    var next = runs.startIndex
    let bytes = Array(text.utf8)
    for segment in segments {
      let bounds = starts[segment.lowerBound]..<min(bytes.count, starts[segment.upperBound])
      while next + 1 < runs.count, runs[next + 1].offset <= bounds.lowerBound { next += 1 }
      var inside: [Run] = []
      while next < runs.count, runs[next].offset < bounds.upperBound {
        let end = next + 1 < runs.count ? runs[next + 1].offset : bounds.upperBound
        // What comes before the first words of a message are the marks of its quote.
        let covered = max(bounds.lowerBound, runs[next].offset)..<max(bounds.lowerBound, end)
        if bytes[covered].contains(where: { $0 != 0x3E && $0 > 0x20 }) {
          inside.append(Run(offset: max(bounds.lowerBound, runs[next].offset), ink: runs[next].ink))
        }
        next += 1
      }
      // The last run may reach into the next message.
      if next > 0 { next -= 1 }
      marks += Self.marks(in: inside)
    }
    return inserting(marks, into: text)
  }

  private static func marks(in runs: [Run]) -> [(offset: Int, mark: String)] {
    guard let base = runs.first?.ink else { return [] }
    let lastOfBaseFont = runs.lastIndex { $0.ink.font == base.font } ?? 0
    return runs.enumerated().compactMap { index, run in
      if run.ink.isHighlighted, !base.isHighlighted { return (run.offset, highlight) }
      if run.ink.colour != base.colour {
        return (run.offset, run.ink.colour.map(mark) ?? plain)
      }
      // Another font at the end is a signature's.
      if run.ink.font != base.font, index < lastOfBaseFont { return (run.offset, font) }
      return nil
    }
  }

  private static func inserting(_ marks: [(offset: Int, mark: String)], into text: String) -> String
  {
    guard !marks.isEmpty else { return text }
    let utf8 = text.utf8
    var result = ""
    var place = utf8.startIndex
    var offset = 0
    for mark in marks {
      let next = utf8.index(place, offsetBy: mark.offset - offset)
      result += text[place..<next] + mark.mark
      place = next
      offset = mark.offset
    }
    return result + text[place...]
  }
}
