/// A command line as it was understood.
struct Invocation: Equatable, Sendable {
  /// Nil when none was named: the console.
  var command: String?
  var operands: [String] = []
  /// Values by option name; a switch has one empty value.
  var values: [String: [String]] = [:]

  /// The last value given.
  func value(_ name: String) -> String? { values[name]?.last }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  func has(_ name: String) -> Bool { values[name] != nil }
}

/// Why a command line was not understood; one sentence.
struct UsageError: Error, Equatable {
  var sentence: String
  /// The command whose help explains it.
  var command: String?
}
