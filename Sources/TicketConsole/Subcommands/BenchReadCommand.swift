import ConsoleModel
import Helpdesk

/// `bench-read`: times the reads that screens make, on a cache that `bench-fill` or a sync has made.
/// Not for people: left out of help.
enum BenchReadCommand {
  static let command = Command(
    "bench-read", summary: "Time the reads of the cache", options: [.json],
    isHidden: true
  ) { context in
    let account = try context.account()
    let clock = context.clock
    let path = try context.profile().files(of: account.name).cache
    var lines: [(name: String, times: [Double])] = []

    let opening = ContinuousClock().measure {
      let file = CacheFile(path: path, clock: { clock.now })
      if (try? file.open()) != nil, let reader = try? file.reader(),
        let directory = try? reader.directory(),
        let view = directory.standardViews.first
      {
        _ = try? reader.rows(view.query, limit: 50)
      }
    }
    lines.append(("open and first window", [milliseconds(opening)]))

    let file = CacheFile(path: path) { clock.now }
    let reader = try file.reader()
    let views = try reader.directory().standardViews
    for view in views {
      for sort in QueueSort.Key.allCases {
        var query = view.query
        query.sort = QueueSort(sort)
        lines.append(
          (
            "window \(view.name) by \(sort.label)",
            try times(20) { _ = try reader.rows(query, limit: 50) }
          ))
      }
      lines.append(("count \(view.name)", try times(20) { _ = try reader.count(view.query) }))
    }
    let all = QueueQuery(sort: QueueSort(.updated))
    lines.append(
      ("last window", try times(20) { _ = try reader.rows(all, before: nil, limit: 50) }))
    for text in ["p", "pr", "prin", "printer", "vpn", "login sso", "東", "zzz", "tanaka", "heli"] {
      for query in [all, views[0].query] {
        var filtered = query
        filtered.text = text
        lines.append(
          (
            "filter \(text) in \(query == all ? "All" : views[0].name)",
            try times(10) {
              reader.forgetFilter()
              _ = try reader.rows(filtered, limit: 50)
            }
          ))
      }
    }
    for text in [
      "invoice", "the", "ref4711", "printer labels", "\"blank page\"", "ログイン", "re", "i",
    ] {
      lines.append(
        (
          "search \(text)",
          try times(10) { _ = try reader.search(text, limit: 50, growing: true) }
        ))
    }
    let ids = try reader.identifiers(all, limit: 100)
    var place = 0
    lines.append(
      (
        "detail",
        try times(100) {
          _ = try reader.detail(ids[place % ids.count])
          place += 1
        }
      ))
    print(lines, context)
  }

  private static func times(_ count: Int, _ body: () throws -> Void) rethrows -> [Double] {
    try (0..<count).map { _ in milliseconds(try ContinuousClock().measure(body)) }
  }

  private static func milliseconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
  }

  private static func print(_ lines: [(name: String, times: [Double])], _ context: CommandContext) {
    var table = TextTable(["read", "median ms", "worst ms"])
    for line in lines {
      let sorted = line.times.sorted()
      table.add([line.name, text(sorted[sorted.count / 2]), text(sorted.last ?? 0)])
    }
    context.output.lines(table.text)
  }

  /// Three decimals.
  private static func text(_ milliseconds: Double) -> String {
    let thousandths = Int((milliseconds * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
