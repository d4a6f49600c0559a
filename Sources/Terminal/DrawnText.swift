/// Text put together scalar by scalar; far cheaper than appending to a string.
struct DrawnText {
  private var bytes: [UInt8] = []

  /// The number of bytes so far, to come back to with `cut`.
  var length: Int { bytes.count }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  mutating func append(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value))
      return
    }
    if value < 0x800 {
      bytes.append(0xC0 | UInt8(truncatingIfNeeded: value >> 6))
    } else {
      if value < 0x1_0000 {
        bytes.append(0xE0 | UInt8(truncatingIfNeeded: value >> 12))
      } else {
        bytes.append(0xF0 | UInt8(truncatingIfNeeded: value >> 18))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: value >> 12 & 0x3F))
      }
      bytes.append(0x80 | UInt8(truncatingIfNeeded: value >> 6 & 0x3F))
    }
    bytes.append(0x80 | UInt8(truncatingIfNeeded: value & 0x3F))
  }

  /// Takes back what was appended after the text was `length` bytes long.
  mutating func cut(to length: Int) { bytes.removeLast(bytes.count - length) }
}
