extension Scenarios {
  static let access: [Scenario] = []
}
