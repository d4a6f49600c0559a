import Glibc

/// Locks of `flock`, which belong to an open file and not to a process.
enum FileLock {
  /// Waits until the lock is taken; false when the system refuses.
  static func take(_ descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { return false }
    }
    return true
  }

  /// Takes the lock when nobody has it.
  static func tryToTake(_ descriptor: Int32) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Lets go of the lock and closes the file. Closing alone would not do: a program that another
  /// thread is just starting has a copy of the descriptor until it runs, and with it the lock.
  static func release(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
