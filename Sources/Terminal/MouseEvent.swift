/// What a person does with the mouse, as the terminal reports it.
public struct MouseEvent: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// The left button went down.
    case press
    case wheelUp
    case wheelDown
  }

  public var kind: Kind
  /// The cell under the pointer, from 0; it may lie outside a screen that has just shrunk.
  public var place: Point

  public init(_ kind: Kind, at place: Point) {
    self.kind = kind
    self.place = place
  }
}
