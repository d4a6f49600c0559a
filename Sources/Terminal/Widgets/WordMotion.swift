/// Where words begin and end for the keys that move or delete by words.
enum WordMotion {
  /// The beginning of the word before a place, past the signs between them.
  static func start(before place: Int, in characters: [Character]) -> Int {
    var index = place
    while index > 0, !isPart(characters[index - 1]) { index -= 1 }
    while index > 0, isPart(characters[index - 1]) { index -= 1 }
    return index
  }

  /// The end of the word after a place, past the signs between them.
  static func end(after place: Int, in characters: [Character]) -> Int {
    var index = place
    while index < characters.count, !isPart(characters[index]) { index += 1 }
    while index < characters.count, isPart(characters[index]) { index += 1 }
    return index
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
