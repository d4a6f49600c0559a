/// The ASCII form of domain names that have other letters (RFC 3492), as mail servers see it.
public enum Punycode {
  private static let (base, least, most, skew, damp) = (36, 1, 26, 38, 700)

  /// A domain with every label that is not plain ASCII written as `xn--...`.
  public static func ascii(domain: String) -> String {
    domain.split(separator: ".", omittingEmptySubsequences: false).map { label in
      guard !label.utf8.allSatisfy({ $0 < 0x80 }), let encoded = encode(String(label)) else {
        return String(label)
      }
      return "xn--" + encoded
    }.joined(separator: ".")
  }

  /// A domain with every `xn--` label written in its own letters; labels that are none stay.
  public static func unicode(domain: String) -> String {
    domain.split(separator: ".", omittingEmptySubsequences: false).map { label in
      guard label.lowercased().hasPrefix("xn--"), let decoded = decode(String(label.dropFirst(4)))
      else { return String(label) }
      return decoded
    }.joined(separator: ".")
  }

  /// One label without its `xn--`; nil when it is too long to be one.
  static func encode(_ label: String) -> String? {
    let points = label.lowercased().unicodeScalars.map { Int($0.value) }
    guard points.count <= 63 else { return nil }
    var output = points.filter { $0 < 0x80 }.compactMap { UInt8(exactly: $0) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var (n, delta, bias) = (0x80, 0, 72)
    while handled < points.count {
      guard let next = points.filter({ $0 >= n }).min() else { return nil }
      delta += (next - n) * (handled + 1)
      n = next
      for point in points {
        if point < n { delta += 1 }
        guard point == n else { continue }
        var rest = delta
        var k = base
        while true {
          let threshold = Self.threshold(k, bias)
          if rest < threshold { break }
          output.append(digit(threshold + (rest - threshold) % (base - threshold)))
          rest = (rest - threshold) / (base - threshold)
          k += base
        }
        output.append(digit(rest))
        bias = adapted(delta, handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The letters of a label without its `xn--`; nil when it is no such label.
  static func decode(_ label: String) -> String? {
    let bytes = Array(label.lowercased().utf8)
    guard bytes.count <= 59, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    let end = bytes.lastIndex(of: UInt8(ascii: "-"))
    var points = bytes[..<(end ?? 0)].map { Int($0) }
    var index = end.map { $0 + 1 } ?? 0
    var (n, i, bias) = (0x80, 0, 72)
    while index < bytes.count {
      let old = i
      var (weight, k) = (1, base)
      while true {
        guard index < bytes.count, let digit = value(bytes[index]) else { return nil }
        index += 1
        i += digit * weight
        let threshold = Self.threshold(k, bias)
        if digit < threshold { break }
        weight *= base - threshold
        k += base
        guard i < 1 << 40, weight < 1 << 40 else { return nil }
      }
      bias = adapted(i - old, points.count + 1, isFirst: old == 0)
      n += i / (points.count + 1)
      i %= points.count + 1
      guard n <= 0x10FFFF else { return nil }
      points.insert(n, at: i)
      i += 1
    }
    var text = String.UnicodeScalarView()
    for point in points {
      guard let scalar = UInt32(exactly: point).flatMap(Unicode.Scalar.init) else { return nil }
      text.append(scalar)
    }
    return text.isEmpty ? nil : String(text)
  }

  private static func threshold(_ k: Int, _ bias: Int) -> Int { min(most, max(least, k - bias)) }

  private static func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - least) * most / 2 {
      delta /= base - least
      k += base
    }
    return k + (base - least + 1) * delta / (delta + skew)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x30 + value - 26)
  }

  private static func value(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x61...0x7A: Int(byte) - 0x61
    case 0x30...0x39: Int(byte) - 0x30 + 26
    default: nil
    }
  }
}
