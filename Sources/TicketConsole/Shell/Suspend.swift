import Glibc

/// Stops the program the way Ctrl-z stops any other.
enum Suspend {
  /// Stops the whole job, so that the shell gets its terminal back also when the program was started
  /// by another one; returns when the shell lets it go on. SIGTSTP has its default afterwards.
  static func stopJob() {
    SignalInbox.setDisposition(of: SIGTSTP, to: SIG_DFL)
    kill(0, SIGTSTP)
  }
}
