/// All scenarios, by language.
enum Scenarios {
  static let all: [Scenario] =
    billing + access + shipping + technical + howTo + european + asian

  private static let byLanguage: [Scenario.Language: [Scenario]] = Dictionary(
    grouping: all, by: \.language)

  /// Customers write in their own language, or in English.
  static func pick(_ language: Scenario.Language, _ random: inout SeededRandom) -> Scenario {
    let own = byLanguage[language] ?? []
    let english = byLanguage[.english] ?? []
    return !own.isEmpty && (language == .english || random.chance(0.7))
      ? random.pick(own) : random.pick(english)
  }
}
