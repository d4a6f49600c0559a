/// What the callbacks of one listener share.
final class ListenerCore: Sendable {
  let bodyLimit: Int
  let handler: @Sendable (ServerRequest) -> ServerAnswer
  let parking = Parking()

  init(bodyLimit: Int, handler: @escaping @Sendable (ServerRequest) -> ServerAnswer) {
    self.bodyLimit = bodyLimit
    self.handler = handler
  }
}
