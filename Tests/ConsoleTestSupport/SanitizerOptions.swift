import Glibc

/// What the sanitizers are told, handed on to programs that a test starts with an environment of
/// its own: they are built with the same sanitizer.
enum SanitizerOptions {
  /// Empty where no sanitizer was told anything.
  static var variables: [String: String] {
    var found: [String: String] = [:]
    for name in ["TSAN_OPTIONS", "ASAN_OPTIONS", "LSAN_OPTIONS"] {
      if let value = getenv(name) { found[name] = String(cString: value) }
    }
    return found
  }
}
