/// A `multipart/form-data` body: `name[]` parts gather into arrays, `outer[inner]` parts into
/// objects, files are kept apart.
struct FormData: Equatable {
  var fields = JSONObject()
  var uploads: [Upload] = []

  /// More parts than any client sends; each part is compared with those before it.
  static let mostParts = 1000

  /// nil for a body that is no such form, or has too many parts.
  static func parse(_ body: [UInt8], contentType: String) -> FormData? {
    guard let boundary = parameter("boundary", of: contentType), !boundary.isEmpty else {
      return nil
    }
    let delimiter = Array("--\(boundary)".utf8)
    var form = FormData()
    guard var start = find(delimiter, in: body, from: 0) else { return nil }
    for _ in 0...mostParts {
      start += delimiter.count
      if body[start...].starts(with: "--".utf8) { return form }
      guard body[start...].starts(with: "\r\n".utf8),
        let end = find(Array("\r\n".utf8) + delimiter, in: body, from: start),
        let blank = find(Array("\r\n\r\n".utf8), in: body, from: start), blank <= end
      else { return nil }
      let headers = String(decoding: body[start..<blank], as: UTF8.self)
      form.add(headers: headers, content: body[min(blank + 4, end)..<end])
      start = end + 2
    }
    return nil
  }

  private mutating func add(headers: String, content: ArraySlice<UInt8>) {
    var disposition = ""
    var type = "application/octet-stream"
    for line in headers.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      switch line[..<colon].lowercased() {
      case "content-disposition": disposition = String(value)
      case "content-type": type = String(value)
      default: break
      }
    }
    guard let name = Self.parameter("name", of: disposition) else { return }
    let field = name.hasSuffix("[]") ? String(name.dropLast(2)) : name
    if let file = Self.parameter("filename", of: disposition) {
      let base = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
      uploads.append(
        Upload(
          field: field, name: base ?? "attachment", contentType: type, content: Array(content)))
      return
    }
    let value = JSONValue.string(String(decoding: content, as: UTF8.self))
    if name.hasSuffix("[]") {
      fields[field] = .array((fields[field]?.array ?? []) + [value])
    } else if name.hasSuffix("]"), let open = name.firstIndex(of: "[") {
      let outer = String(name[..<open])
      var object = fields[outer]?.object ?? JSONObject()
      object[String(name[name.index(after: open)...].dropLast())] = value
      fields[outer] = .object(object)
    } else {
      fields[name] = value
    }
  }

  /// The value of `name=value` or `name="value"` in a header.
  private static func parameter(_ name: String, of header: String) -> String? {
    for piece in header.split(separator: ";").dropFirst() {
      let pair = piece.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].drop(while: { $0 == " " }).lowercased() == name else {
        continue
      }
      return pair[1].hasPrefix("\"")
        ? String(pair[1].dropFirst().prefix { $0 != "\"" })
        : String(pair[1])
    }
    return nil
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      needle.withUnsafeBufferPointer { needle in
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        var index = start
        while index <= bytes.count - needle.count {
          if bytes[index] == first,
            bytes[index..<index + needle.count].elementsEqual(needle)
          {
            return index
          }
          index += 1
        }
        return nil
      }
    }
  }
}
