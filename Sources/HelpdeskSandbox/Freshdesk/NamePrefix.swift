/// How the autocompletion of names matches: from the beginning of the name, or of one of its words.
enum NamePrefix {
  /// `term` is in lower case.
  static func fits(_ name: String, _ term: String) -> Bool {
    var rest = Substring(name.lowercased())
    while true {
      if rest.hasPrefix(term) { return true }
      guard let blank = rest.firstIndex(of: " ") else { return false }
      rest = rest[rest.index(after: blank)...]
    }
  }
}
