extension Scenarios {
  static let howTo: [Scenario] = []
}
