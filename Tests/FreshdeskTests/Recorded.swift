import FoundationEssentials
import Helpdesk
import Testing

/// JSON as another reader than ours sees it, to compare with.
enum Recorded: Decodable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([Recorded])
  case object([String: Recorded])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([Recorded].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: Recorded].self))
    }
  }

  /// The objects in a file: the elements of a list, or the one object.
  static func objects(_ bytes: [UInt8]) throws -> [[String: Recorded]] {
    switch try JSONDecoder().decode(Recorded.self, from: Data(bytes)) {
    case .list(let elements):
      elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
    case .object(let object): [object]
    default: []
    }
  }

  static func id(_ number: Int64) -> Recorded { .number(Double(number)) }
  static func text(_ text: String?) -> Recorded { text.map { .text($0) } ?? .null }
  static func time(_ moment: Timestamp?) -> Recorded {
    moment.map { .text($0.description) } ?? .null
  }
  static func texts(_ texts: [String]) -> Recorded { .list(texts.map { .text($0) }) }
  static func attachments(_ attachments: [Helpdesk.Attachment]) -> Recorded {
    .list(
      attachments.map { attachment in
        .object([
          "id": .id(attachment.id), "name": .text(attachment.name),
          "size": .number(Double(attachment.size)), "content_type": .text(attachment.contentType),
          "attachment_url": .text(attachment.url),
        ])
      })
  }

  /// Whether this holds all that the other, rebuilt from our model, says, and the other way round
  /// for every key that the model has. An empty list and null are the same to us.
  func isKept(by rebuilt: Recorded) -> Bool {
    switch (self, rebuilt) {
    case (.null, .list([])), (.null, .object([:])): true
    case (.text(let mine), .text(let theirs)):
      // The same moment may be written with another zone.
      mine == theirs || Timestamp(parsing: mine).map { $0 == Timestamp(parsing: theirs) } ?? false
    case (.list(let mine), .list(let theirs)):
      mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.isKept(by: $1) }
    case (.object(let mine), .object(let theirs)):
      theirs.allSatisfy { key, value in (mine[key] ?? .null).isKept(by: value) }
    default: self == rebuilt
    }
  }
}

/// The folder of recorded answers, which lies beside the project on some machines.
enum Recordings {
  static let folder: String = {
    var parts = #filePath.split(separator: "/").dropLast(3)
    parts.removeLast()
    return "/" + parts.joined(separator: "/") + "/shared/fixtures"
  }()

  static var arePresent: Bool { FileManager.default.fileExists(atPath: folder) }

  static func bytes(_ path: String) throws -> [UInt8] {
    let data = try #require(FileManager.default.contents(atPath: folder + "/" + path))
    return Array(data)
  }

  static func names(_ path: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)
    return (names ?? []).filter { $0.hasSuffix(".json") }.sorted()
  }
}
