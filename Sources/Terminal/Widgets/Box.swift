/// A titled box over a pane.
public struct Box: Hashable, Sendable {
  public var title: String
  /// The size with the border.
  public var size: Size
  public var role: Role
  public var titleRole: Role

  public init(title: String, size: Size, role: Role = .box, titleRole: Role = .boxTitle) {
    self.title = title
    self.size = size
    self.role = role
    self.titleRole = titleRole
  }

  /// Where the box lies: in the middle of the pane, cut to fit.
  public func place(in pane: Rect) -> Rect { pane.centered(size) }

  /// Draws the box in the middle of the pane and returns its inside.
  @discardableResult
  public func draw(over pane: Rect, in frame: inout Frame) -> Rect {
    frame.box(place(in: pane), title: title, role: role, titleRole: titleRole)
  }

  /// Draws the box over exactly this rectangle and returns its inside.
  @discardableResult
  public func draw(at rect: Rect, in frame: inout Frame) -> Rect {
    frame.box(rect, title: title, role: role, titleRole: titleRole)
  }
}
