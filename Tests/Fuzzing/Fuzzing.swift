import Glibc

/// The program that `make fuzz` runs: libFuzzer's loop around one of the targets.
///
/// `FUZZ_TARGET` names the target, because libFuzzer starts itself again with its own arguments
/// only. `--list` prints the names.
@main
struct Fuzzing {
  static func main() {
    if CommandLine.arguments.contains("--list") {
      for target in FuzzTarget.all { print(target.name) }
      return
    }
    guard chosen != nil else {
      print("FUZZ_TARGET must name one of \(FuzzTarget.all.map(\.name).joined(separator: ", ")).")
      exit(2)
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, takeInput))
  }

  private static let chosen: FuzzTarget? = getenv("FUZZ_TARGET").flatMap { name in
    FuzzTarget.all.first { $0.name == String(cString: name) }
  }

  /// One input of libFuzzer; a rule that is broken ends the process, which keeps the input.
  private static let takeInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = {
    bytes, count in
    do {
      try chosen?.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
      fatalError("unexpected error: \(error)")
    }
    return 0
  }
}

/// The entry of libFuzzer for programs that have a `main` of their own. The Swift and C calling
/// conventions agree for pointers and whole numbers.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ takeInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
