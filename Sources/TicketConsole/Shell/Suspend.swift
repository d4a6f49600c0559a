import Glibc

/// Stops the program the way Ctrl-z stops any other.
enum Suspend {
  /// Stops the whole job, so that the shell gets its terminal back also when the program was started
  /// by another one; returns when the shell lets it go on. To be called while the terminal is lent,
  /// because SIGTSTP has its default only then.
  static func stopJob() { kill(0, SIGTSTP) }
}
