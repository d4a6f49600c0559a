/// The version that the program, its manual page and its requests name.
enum ProgramVersion {
  static let current = "0.1.0"
}
