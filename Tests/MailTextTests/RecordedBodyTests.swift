import FoundationEssentials
import MailText
import Testing

/// Bodies as a helpdesk recorded them, where the folder of recordings lies beside the project.
@Suite struct RecordedBodyTests {
  private static let folder: String = {
    let project = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(project)/../shared/fixtures/zammad__zammad/extracted_bodies"
  }()

  private static let files: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

  /// A body with the plain text that the helpdesk made of it.
  private struct Pair {
    var html: String
    var text: String
  }

  /// Any JSON value, reduced to the bodies in it.
  private struct Bodies: Decodable {
    var pairs: [Pair] = []

    init(from decoder: any Decoder) throws {
      if var list = try? decoder.unkeyedContainer() {
        while !list.isAtEnd { pairs += try list.decode(Bodies.self).pairs }
        return
      }
      guard let object = try? decoder.container(keyedBy: Key.self) else { return }
      for (html, text) in [("body", "body_text"), ("description", "description_text")] {
        if let html = try? object.decode(String.self, forKey: Key(html)),
          let text = try? object.decode(String.self, forKey: Key(text))
        {
          pairs.append(Pair(html: html, text: text))
        }
      }
      for key in object.allKeys {
        pairs += (try? object.decode(Bodies.self, forKey: key).pairs) ?? []
      }
    }

    struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(_ name: String) { stringValue = name }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  /// Blanks fall differently in the helpdesk's own text; everything else has to be the same.
  private func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  /// The helpdesk's own text adds the targets of links and draws lines, and leaves nothing out.
  private func isFound(_ letters: String, in text: String) -> Bool {
    var rest = Substring(text)
    for letter in letters {
      guard let place = rest.firstIndex(of: letter) else { return false }
      rest = rest[place...].dropFirst()
    }
    return true
  }

  @Test(.enabled(if: !files.isEmpty, "the folder of recorded answers is not here"))
  func theHelpdesksOwnTextHasAllOurLetters() throws {
    var count = 0
    for name in Self.files {
      let data = try #require(FileManager.default.contents(atPath: Self.folder + "/" + name))
      for pair in try JSONDecoder().decode(Bodies.self, from: data).pairs {
        count += 1
        #expect(
          isFound(letters(MailText.normalized(pair.html)), in: letters(pair.text)), "\(name)")
        let readable = MailText.plainText(fromHTML: pair.html)
        #expect(readable.isEmpty == letters(pair.text).isEmpty, "\(name)")
      }
    }
    #expect(count > 0)
  }
}
