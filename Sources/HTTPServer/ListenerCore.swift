/// What the callbacks of one listener share.
final class ListenerCore: Sendable {
  let bodyLimit: Int
  let handler: @Sendable (ServerRequest) -> ServerAnswer
  let parking = Parking()
  let heldBytes: HeldBytes

  init(
    bodyLimit: Int, heldLimit: Int, handler: @escaping @Sendable (ServerRequest) -> ServerAnswer
  ) {
    self.bodyLimit = bodyLimit
    heldBytes = HeldBytes(limit: heldLimit)
    self.handler = handler
  }
}
