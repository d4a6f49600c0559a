import Glibc

/// Keeps a program that runs all day small: few heaps, and free memory goes back to the system.
///
/// The C library keeps what was freed, in a heap for each thread that ever needed one, so a day of
/// bursts would look like a leak. Its calls for this are not in the module that Swift imports.
struct HeapKeeper {
  /// Seconds between two times; one time takes about a millisecond.
  private static let pause: Int64 = 60
  private typealias Option = @convention(c) (Int32, Int32) -> Int32
  private typealias Trim = @convention(c) (Int) -> Int32

  private let trim: Trim?
  private var last: Int64

  /// To be made before there are threads.
  init() {
    if let option = Self.function("mallopt", as: Option.self) {
      /// `M_ARENA_MAX` of glibc.
      let arenaMax: Int32 = -8
      _ = option(arenaMax, 1)
    }
    trim = Self.function("malloc_trim", as: Trim.self)
    last = Self.seconds
  }

  /// To be called while nobody waits for the screen.
  mutating func tidy() {
    let now = Self.seconds
    guard now - last >= Self.pause else { return }
    last = now
    _ = trim?(0)
  }

  private static var seconds: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec)
  }

  /// A function of the C library by its name; the type is that of its documentation.
  private static func function<Function>(_ name: String, as: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: Function.self) }
  }
}
