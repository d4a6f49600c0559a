import FoundationEssentials
import Glibc

/// A text that is kept beside its test and compared in review like code.
public enum TextSnapshot {
  /// The difference from what is recorded, or nil when there is none.
  ///
  /// With `RECORD_SNAPSHOTS=1` in the environment the text is recorded instead.
  public static func difference(
    _ text: String, name: String, testFile: String = #filePath
  ) -> String? {
    let folder = testFile.split(separator: "/").dropLast().joined(separator: "/")
    let path = "/\(folder)/Snapshots/\(name).txt"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      do {
        try FileManager.default.createDirectory(
          atPath: "/\(folder)/Snapshots", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
        return nil
      } catch {
        return "\(path) cannot be written: \(error)"
      }
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return "\(path) is missing; record it with RECORD_SNAPSHOTS=1"
    }
    let recorded = String(decoding: data, as: UTF8.self)
    guard recorded != text else { return nil }
    let (old, new) = (recorded.split(separator: "\n"), text.split(separator: "\n"))
    let first = zip(old, new).first { $0 != $1 }
    return "\(name) differs, first in:\n- \(first?.0 ?? "(end)")\n+ \(first?.1 ?? "(end)")"
  }
}
