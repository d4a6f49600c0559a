/// Takes in conversations of JSON Lines, `{"id", "turns": [{"role": "user"|"agent", "content"}]}`:
/// the first customer turn becomes the description, its shortened first sentence the subject,
/// later customer turns incoming entries, agent turns replies.
struct ConversationImport {
  /// Loaded tickets lie in the two weeks before this moment, the first line the newest.
  let now: Int64
  let seed: UInt64

  func load(_ load: SandboxLoad, into store: Store) throws -> [String] { [] }
}
