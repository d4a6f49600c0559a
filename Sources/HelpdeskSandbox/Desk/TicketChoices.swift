/// What the fields of every sandbox account may hold.
enum TicketChoices {
  static let statuses: [Int64] = [2, 3, 4, 5, 6, 7]
  static let sources: [Int64] = [1, 2, 3, 5, 6, 7, 9, 11, 12, 13, 15]
  static let types = ["Question", "Incident", "Problem", "Feature Request", "Refund"]
}
