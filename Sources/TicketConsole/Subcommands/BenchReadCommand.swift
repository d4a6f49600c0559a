import ConsoleModel
import Glibc
import Helpdesk

/// `bench-read`: times the reads that screens make, on a cache that `bench-fill` or a sync has made.
/// Not for people: left out of help.
enum BenchReadCommand {
  static let command = Command(
    "bench-read", summary: "Time the reads of the cache",
    isHidden: true
  ) { context in
    let account = try context.account()
    let clock = context.clock
    let path = try context.profile().files(of: account.name).cache
    var lines: [(name: String, times: [Double])] = []

    let opening = try times(1) {
      let file = CacheFile(path: path) { clock.now }
      _ = try file.open()
      let reader = try file.reader()
      let view = try reader.directory().standardViews[0]
      _ = try reader.rows(view.query, limit: 50)
    }
    lines.append(("open and first window", opening))

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
    for text in ["tanaka", "ta", "k", "heli", "kt@helio", "0405551234", "nobody at all"] {
      lines.append(("customers \(text)", try times(10) { _ = try reader.customers(text) }))
    }
    for text in [
      "from:tanaka", "company:heli status:open", "created:<7d", "updated:>30d -status:done",
      "printer or vpn", "not agent:none", "\"printer labels\"", "unanswered:yes", "source:phone",
    ] {
      let query = try reader.language().parse(text)
      lines.append(("query \(text)", try times(10) { _ = try reader.rows(query, limit: 50) }))
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

  /// Time of this thread on a processor, so that other programs do not count.
  private static func times(_ count: Int, _ body: () throws -> Void) rethrows -> [Double] {
    try (0..<count).map { _ in
      let start = processorMilliseconds()
      try body()
      return processorMilliseconds() - start
    }
  }

  private static func processorMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1e6
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
