extension Scenarios {
  static let shipping: [Scenario] = []
}
