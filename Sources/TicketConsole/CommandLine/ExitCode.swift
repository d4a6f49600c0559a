/// What the program's end means to a script; these numbers never change.
enum ExitCode: Int32, Sendable {
  case done = 0
  case failed = 1
  case wrongUsage = 2
  case notSignedIn = 3
  /// Refused by policy or by the person.
  case refused = 4
  case outcomeUnknown = 5
  /// Offline, and what was asked for is not in the cache.
  case offline = 6
}

/// Why a command did not do what it was asked.
struct CommandFailure: Error, Equatable, Sendable {
  var code: ExitCode
  /// What failed, what was kept, what to do: plain English with a full stop. Empty when it has
  /// been said already.
  var sentence: String

  init(_ code: ExitCode, _ sentence: String) {
    self.code = code
    self.sentence = sentence
  }
}

/// The program ended in the ordinary way because a signal asked for it.
struct EndedBySignal: Error, Equatable, Sendable {
  var number: Int32

  /// What a shell gives for a program that the signal has ended.
  var exitStatus: Int32 { 128 + number }
}
