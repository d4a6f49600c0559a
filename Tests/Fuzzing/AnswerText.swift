@testable import Freshdesk

/// Writes a value that was read as JSON again, to compare two readings.
enum AnswerText {
  static func json(_ value: JSONValue) -> [UInt8] {
    switch value.kind {
    case .object:
      let members = value.members.map { quoted($0.key) + [0x3A] + json($0.value) }
      return [0x7B] + Array(members.joined(separator: [0x2C])) + [0x7D]
    case .array:
      // Nulls are left out of lists by the reader.
      return [0x5B] + Array(value.elements.map(json).joined(separator: [0x2C])) + [0x5D]
    case .string, .escaped: return quoted(value.string ?? "")
    case .number, .yes, .no: return Array((value.string ?? "").utf8)
    case .null: return Array("null".utf8)
    }
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 || byte == 0x5C { bytes.append(0x5C) }
      bytes.append(byte)
    }
    return bytes + [0x22]
  }
}
