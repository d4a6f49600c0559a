/// A link in words that a person wrote, and what the words before it claim.
public struct PlainLink: Hashable, Sendable {
  public var target: String
  /// Where it leads, in small letters.
  public var host: String
  /// The other host that the words beside it name; nil where they agree or name none.
  public var claimed: String?

  public init(target: String, host: String, claimed: String? = nil) {
    self.target = target
    self.host = host
    self.claimed = claimed
  }

  /// Links to look at in a text; more are not read.
  private static let limit = 200

  /// The links of a text without its quoted lines. Understood are `words <target>`,
  /// `words (target)`, `[words](target)`, bare targets, and a name before an `@` inside a target.
  public static func links(in text: String) -> [PlainLink] {
    var links: [PlainLink] = []
    for line in text.split(separator: "\n") where !line.hasPrefix(">") {
      let words = line.split(whereSeparator: \.isWhitespace)
      for (index, word) in words.enumerated() {
        guard links.count < limit else { return links }
        guard let link = link(in: word, after: index > 0 ? words[index - 1] : nil) else { continue }
        if !links.contains(link) { links.append(link) }
      }
    }
    return links
  }

  private static func link(in word: Substring, after before: Substring?) -> PlainLink? {
    guard let start = firstTarget(in: word) else { return nil }
    let closers: Set<Character> = [">", ")", "]", "\"", "'"]
    var target = word[start...].prefix { !closers.contains($0) && $0 != "<" }
    while let last = target.last, ".,;:!?".contains(last) { target = target.dropLast() }
    guard let host = LinkTarget.host(ofURL: String(target)) else { return nil }
    let isInBrackets = start > word.startIndex
    var shown: String?
    if isInBrackets {
      let head = word[..<start].filter { !"<([".contains($0) && $0 != "]" }
      shown = head.isEmpty ? before.map(String.init) : head
    }
    let claimed = shown.flatMap(claim) ?? user(of: target)
    let isOther = claimed.map { !LinkTarget.isSameSite($0, host) } ?? false
    return PlainLink(target: String(target), host: host, claimed: isOther ? claimed : nil)
  }

  private static func claim(_ words: String) -> String? {
    var words = words[...]
    while let last = words.last, ".,;:!?\"'>)]".contains(last) { words = words.dropLast() }
    while let first = words.first, "\"'<([".contains(first) { words = words.dropFirst() }
    return LinkTarget.claimedHost(in: String(words))
  }

  /// `https://bank.example@evil.example` shows the first name and goes to the second.
  private static func user(of target: Substring) -> String? {
    guard let slashes = target.firstRange(of: "://") else { return nil }
    let authority = target[slashes.upperBound...].prefix { !"/\\?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return nil }
    return LinkTarget.claimedHost(in: String(authority[..<at].prefix { $0 != ":" }))
  }

  /// Where the target begins: the last one that stands in brackets, else the first one.
  private static func firstTarget(in word: Substring) -> Substring.Index? {
    let lower = word.lowercased()
    guard lower.count == word.count else { return nil }
    var starts: [String.Index] = []
    for scheme in ["https://", "http://", "ftp://"] {
      starts += lower.ranges(of: scheme).map(\.lowerBound)
    }
    let bracketed = starts.filter { start in
      start > lower.startIndex && "(<".contains(lower[lower.index(before: start)])
    }
    guard let start = bracketed.max() ?? starts.min() else { return nil }
    return word.index(
      word.startIndex, offsetBy: lower.distance(from: lower.startIndex, to: start))
  }
}
