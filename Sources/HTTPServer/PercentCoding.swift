/// Percent escapes of addresses and forms.
public enum PercentCoding {
  /// Decodes escapes; one that is not two hexadecimal digits stays as it is, and bytes that are
  /// no UTF-8 become U+FFFD.
  public static func decode(_ bytes: some Collection<UInt8>, plusIsBlank: Bool) -> String {
    let percent = UInt8(ascii: "%")
    let plus = UInt8(ascii: "+")
    guard bytes.contains(where: { $0 == percent || (plusIsBlank && $0 == plus) }) else {
      return String(decoding: bytes, as: UTF8.self)
    }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index != bytes.endIndex {
      let byte = bytes[index]
      let next = bytes.index(after: index)
      if byte == percent, next != bytes.endIndex, let high = digit(bytes[next]) {
        let last = bytes.index(after: next)
        if last != bytes.endIndex, let low = digit(bytes[last]) {
          decoded.append(high << 4 | low)
          index = bytes.index(after: last)
          continue
        }
      }
      decoded.append(plusIsBlank && byte == plus ? UInt8(ascii: " ") : byte)
      index = next
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
