import Glibc

/// Locks of `flock`, which belong to an open file and not to a process.
enum FileLock {
  /// Lets go of the lock and closes the file. Closing alone would not do: a program that another
  /// thread is just starting has a copy of the descriptor until it runs, and with it the lock.
  static func release(_ descriptor: Int32) {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
