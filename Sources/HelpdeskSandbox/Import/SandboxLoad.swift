/// Text of a file of conversations, one JSON object a line.
public struct SandboxLoad: Sendable {
  /// What the lines are called in messages: a file name, or `-`.
  public var name: String
  public var bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
