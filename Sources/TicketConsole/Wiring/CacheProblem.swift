import ConsoleModel
import SQLite

/// Turns what went wrong with a cache file into a sentence.
enum CacheProblem {
  /// What failed, what was kept, what to do.
  static func sentence(_ error: any Error, path: String) -> String {
    guard let error = error as? SQLiteError else {
      return "The cache \(path) cannot be used. The outbox is not touched; check the folder."
    }
    if case .newerFile = error {
      return "The cache \(path) was written by a newer version of this program and is left as it "
        + "is. Use that version, or remove the file; the next sync fills it again."
    }
    return "The cache \(path) cannot be used (\(error.explanation)). The outbox is not touched; "
      + "check space and rights, or remove the file and sync again."
  }
}
