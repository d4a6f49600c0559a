extension Scenarios {
  static let technical: [Scenario] = []
}
