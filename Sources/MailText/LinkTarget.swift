/// Where a link leads, and whether the words it shows say so.
enum LinkTarget {
  /// Longer targets are cut; they say nothing to a reader.
  private static let shownLength = 500

  /// The target as text; nil for targets that are no place to go (scripts, embedded data, anchors).
  static func shownTarget(_ href: String) -> String? {
    let cleaned = String(
      String.UnicodeScalarView(
        href.unicodeScalars.filter {
          !$0.properties.isWhitespace && !TextFlow.isInvisible($0) && $0 != "<" && $0 != ">"
        }))
    let scheme = cleaned.prefix { $0 != ":" }.lowercased()
    guard ["http", "https", "mailto", "tel", "ftp", "sms"].contains(scheme) else { return nil }
    return cleaned.count > shownLength ? cleaned.prefix(shownLength) + "…" : cleaned
  }

  /// What to add after the shown words: nothing when they are the target, otherwise the target,
  /// and a warning when they name another host.
  static func note(shown: String, target: String) -> String {
    if isSame(shown, target) { return "" }
    guard let real = host(ofURL: target), let claimed = claimedHost(in: shown),
      !isSameSite(claimed, real)
    else { return "<\(target)>" }
    return "<\(target)> [shows \(claimed), goes to \(real)]"
  }

  /// The host of an address, in lower case, without user, port and a leading `www.`.
  static func host(ofURL url: String) -> String? {
    guard let scheme = range(of: "://", in: url) else { return nil }
    let authority = url[scheme...].prefix { !"/\\?#".contains($0) }
    let afterUser = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let name = afterUser.hasPrefix("[") ? afterUser : afterUser.prefix { $0 != ":" }
    return name.isEmpty ? nil : withoutWWW(name.lowercased())
  }

  /// The host that the words speak of: an address or a bare domain name.
  static func claimedHost(in shown: String) -> String? {
    let words = shown.split(separator: " ")
    for word in words {
      let lower = word.lowercased()
      if lower.hasPrefix("http://") || lower.hasPrefix("https://") { return host(ofURL: lower) }
      if lower.hasPrefix("www.") { return host(ofURL: "http://" + lower) }
    }
    guard words.count == 1, let word = words.first, !word.contains("@") else { return nil }
    let name = word.prefix { $0 != "/" && $0 != ":" && $0 != "?" }.lowercased()
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2,
      last.allSatisfy(\.isLetter), !fileEndings.contains(String(last)),
      labels.allSatisfy({ label in
        !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
      })
    else { return nil }
    return withoutWWW(name)
  }

  private static func isSame(_ shown: String, _ target: String) -> Bool {
    func bare(_ text: String) -> Substring {
      var rest = Substring(text.lowercased())
      for start in ["mailto:", "tel:", "sms:", "http://", "https://"] where rest.hasPrefix(start) {
        rest = rest.dropFirst(start.count)
        break
      }
      if rest.hasPrefix("www.") { rest = rest.dropFirst(4) }
      return rest.hasSuffix("/") ? rest.dropLast() : rest
    }
    let blankless = shown.filter { $0 != " " }
    return bare(blankless) == bare(target)
  }

  /// The same name, or one below the other.
  static func isSameSite(_ left: String, _ right: String) -> Bool {
    left == right || left.hasSuffix("." + right) || right.hasSuffix("." + left)
  }

  private static func withoutWWW(_ name: String) -> String {
    name.hasPrefix("www.") ? String(name.dropFirst(4)) : name
  }

  /// The position after the first occurrence.
  private static func range(of text: String, in whole: String) -> String.Index? {
    var start = whole.startIndex
    while start < whole.endIndex {
      if whole[start...].hasPrefix(text) { return whole.index(start, offsetBy: text.count) }
      start = whole.index(after: start)
    }
    return nil
  }

  private static let fileEndings: Set<String> = [
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "png", "jpg", "jpeg", "gif", "txt", "csv",
    "html", "htm", "zip", "eml", "ics",
  ]
}
