extension Scenarios {
  static let otherLanguages: [Scenario] = []
}
