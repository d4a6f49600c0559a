import CGumbo

/// A parsed mail. Owns the parser's memory for as long as it lives.
final class MarkupTree {
  /// One element or piece of text in the tree; valid as long as the tree.
  struct Node: Equatable {
    fileprivate let pointer: UnsafePointer<GumboNode>

    var isElement: Bool { cgumbo_is_element(pointer) }

    /// The element's name in lower case; empty for text and for unknown names.
    var name: String { MarkupElements.all[Int(cgumbo_tag(pointer))].name }

    var role: MarkupElements.Role { MarkupElements.all[Int(cgumbo_tag(pointer))].role }

    var text: String? { cgumbo_text(pointer).map { String(cString: $0) } }

    var childCount: UInt32 { cgumbo_child_count(pointer) }

    /// `index` must be below `childCount`.
    func child(_ index: UInt32) -> Node? { cgumbo_child(pointer, index).map(Node.init) }

    func attribute(_ name: String) -> String? {
      guard cgumbo_attribute_count(pointer) > 0 else { return nil }
      return cgumbo_attribute(pointer, name).map { String(cString: $0) }
    }
  }

  private let session: UnsafeMutableRawPointer
  private let markup: UnsafeMutableBufferPointer<CChar>
  let root: Node

  /// Nil when the tree would need more than `memoryLimit` bytes.
  init?(_ bytes: [UInt8], memoryLimit: Int) {
    let markup = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count + 1)
    _ = markup.initialize(from: bytes.lazy.map { CChar(bitPattern: $0) })
    guard let session = cgumbo_open(markup.baseAddress, bytes.count, memoryLimit) else {
      markup.deallocate()
      return nil
    }
    guard let root = cgumbo_root(session) else {
      cgumbo_close(session)
      markup.deallocate()
      return nil
    }
    self.session = session
    self.markup = markup
    self.root = Node(pointer: root)
  }

  deinit {
    cgumbo_close(session)
    markup.deallocate()
  }

  /// What a walk meets, in the order of the document.
  enum Step {
    case enter(Node)
    case leave(Node)
  }

  /// Walks the tree without recursion. `visit` returns false to skip what is below an element
  /// just entered (it is then not left either).
  func walk(_ visit: (Step) -> Bool) { Self.walk(from: root, visit) }

  static func walk(from root: Node, _ visit: (Step) -> Bool) {
    var path: [(node: Node, next: UInt32)] = []
    if visit(.enter(root)) { path.append((root, 0)) }
    while let (node, next) = path.last {
      guard next < node.childCount, let child = node.child(next) else {
        path.removeLast()
        _ = visit(.leave(node))
        continue
      }
      path[path.count - 1].next += 1
      if visit(.enter(child)), child.isElement { path.append((child, 0)) }
    }
  }
}
