/// The API keys of agents.
enum AgentKey {
  /// The key of an agent; it depends on the sandbox's seed alone.
  static func of(_ id: Int64, seed: UInt64) -> String {
    var random = SeededRandom(seed: seed, stream: UInt64(id) + 7000)
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789")
    return String((0..<20).map { _ in random.pick(letters) })
  }
}
