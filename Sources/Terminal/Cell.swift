/// One cell of a frame: a scalar with up to three marks, its width and its role; 16 bytes, no
/// allocation, so that frames are filled and compared at the speed of memory.
public struct Cell: Hashable, Sendable {
  /// The most marks kept on one scalar; enough for Arabic, Thai, Hebrew and the Indian scripts.
  public static let markLimit = 3

  /// Up to three marks of 21 bits each, the first in the lowest bits.
  private var packedMarks: UInt64
  /// The scalar in the lower half, the width from bit 32 and the role from bit 40 on; one word, so
  /// that comparing cells is comparing two words.
  private var packed: UInt64

  /// A cell with one scalar that has already been cleaned.
  init(cleaned scalar: Unicode.Scalar, width: UInt8, role: Role) {
    packedMarks = 0
    packed = UInt64(scalar.value) | UInt64(width) << 32 | UInt64(role.rawValue) << 40
  }

  /// Cells taken: 1 or 2; 0 for the right half of a wide one.
  public var width: UInt8 { UInt8(truncatingIfNeeded: packed >> 32) }

  public var role: Role {
    get { Role(rawValue: UInt8(truncatingIfNeeded: packed >> 40)) ?? .normal }
    set { packed = packed & 0xFF_FFFF_FFFF | UInt64(newValue.rawValue) << 40 }
  }

  /// A blank.
  public static func blank(_ role: Role = .normal) -> Cell {
    Cell(cleaned: " ", width: 1, role: role)
  }

  /// The right half of the wide cell to its left.
  static func continuation(_ role: Role) -> Cell {
    Cell(cleaned: "\0", width: 0, role: role)
  }

  /// True for the right half of a wide cell.
  public var isContinuation: Bool { width == 0 }

  /// True for a blank without marks, whatever its role.
  public var isBlank: Bool { packed & 0xFFFF_FFFF == 0x20 && packedMarks == 0 }

  /// The scalar drawn; a blank for the right half of a wide cell.
  public var scalar: Unicode.Scalar {
    isContinuation ? " " : Unicode.Scalar(UInt32(truncatingIfNeeded: packed)) ?? " "
  }

  /// The marks drawn over it, at most three.
  public var marks: [Unicode.Scalar] {
    var rest = packedMarks
    var marks: [Unicode.Scalar] = []
    while rest != 0 {
      if let mark = Unicode.Scalar(UInt32(rest & 0x1F_FFFF)) { marks.append(mark) }
      rest >>= 21
    }
    return marks
  }

  /// True when there is at least one mark.
  public var hasMarks: Bool { packedMarks != 0 }

  /// What ends right-to-left text before the cell; it takes no room and is no text.
  static let leftToRightMark: Unicode.Scalar = "\u{200E}"

  /// True when the cell ends right-to-left text before it.
  var endsRightToLeft: Bool { hasMarks && marks.contains(Self.leftToRightMark) }

  /// Adds a mark; one too many is dropped.
  mutating func add(mark: Unicode.Scalar) {
    var shift: UInt64 = 0
    while shift < 63 && (packedMarks >> shift) & 0x1F_FFFF != 0 { shift += 21 }
    if shift < 63 { packedMarks |= UInt64(mark.value) << shift }
  }

  /// The cell's text; empty for the right half of a wide cell.
  public var text: String {
    guard !isContinuation else { return "" }
    var text = String.UnicodeScalarView()
    text.append(scalar)
    text.append(contentsOf: marks.filter { $0 != Self.leftToRightMark })
    return String(text)
  }
}
