/// The version that the program, its manual page and its requests name.
enum ProgramVersion {
  static let current = "0.1.0"
  /// The day of the manual page.
  static let date = "2026-11-29"
}
