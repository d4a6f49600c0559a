/// Fills a new store by the options; a store that has content is left as it is.
struct Filling {
  let options: SandboxOptions

  /// Gives the complaints about what could not be loaded.
  func fill(_ store: Store) throws -> [String] {
    let now = options.clock.now()
    let reference = options.generatedAt ?? now / 86_400 * 86_400
    let isNew = try store.setting("seed") == nil
    var warnings: [String] = []
    try store.connection.transaction(.immediate) {
      if isNew {
        try store.setSetting("seed", String(options.seed))
        try AccountSeed(seed: options.seed, now: reference).fill(store)
        let count = options.tickets ?? (options.loads.isEmpty ? 250 : 0)
        try TicketGenerator(seed: options.seed, count: max(count, 0), now: reference).fill(store)
      }
      try store.makeIndexes()
      for load in options.loads {
        warnings += try ConversationImport(now: reference, seed: options.seed).load(
          load, into: store)
      }
      try store.fillSearch()
    }
    return warnings
  }
}
