import CNcurses
import Glibc
import Terminal

/// The terminal as the console's loop sees it: shows frames, hands out events, and can be lent.
///
/// Belongs to the thread that made it; only the waker may be used from others.
final class TerminalHost {
  /// How the terminal is used.
  struct Options {
    var environment: [String: String]
    var input: Int32 = STDIN_FILENO
    var output: Int32 = STDOUT_FILENO
    /// Nil chooses dark or light by the terminal's background.
    var theme: Theme?
    /// False sends no colours, as NO_COLOR does.
    var isColored = true
    /// Nil draws lines as the locale allows.
    var usesASCIILines: Bool?
    /// How long a lone ESC waits for the rest of a sequence.
    var escapeDelay: Duration
    /// True asks the terminal to report when its window gets or loses the focus.
    var reportsFocus = false
    /// True takes the mouse from the terminal, which then cannot select by itself.
    var usesMouse = false
    /// True catches the process's signals; false for a second terminal in one process.
    var handlesSignals = true
    /// True asks the terminal for its background and for synchronized output.
    var asksTerminal = true

    init(environment: [String: String]) {
      self.environment = environment
      escapeDelay = TerminalQueries.escapeDelay(environment: environment)
    }
  }

  /// What happened.
  enum Event: Equatable {
    case key(Key)
    /// Somebody called `waker.wake()`.
    case wake
    case timeout
    case resized(Size)
    /// The terminal is gone; nothing can be shown any more.
    case hangup
    /// The system or the user asked the program to end.
    case terminate
    /// The program was stopped and goes on; everything has been repainted.
    case resumed
    case focus(Bool)
    case mouse(MouseEvent)
    /// A paste has begun and does not end.
    case stalledPaste
    /// The terminal shows what it was sent before this question of `askForAnswer`.
    case answered(Int)
  }

  /// Why the terminal could not be opened.
  enum Failure: Error, Equatable {
    /// One sentence for the user.
    case refused(String)
  }

  let options: Options
  private let screen: CursesScreen
  private var input: CursesInput
  private let wakePipe: WakePipe
  private let clock = ContinuousClock()
  private var events: [Event] = []
  /// Whether characters become text now, so that none may be lost.
  var isWriting = false
  private var lastFrame: Frame?
  private var hasSynchronizedOutput = false
  private var arrivals = ArrivalQuestions()
  private var hasSavedTitle = false
  private var hasPainted = false
  private var isClosed = false

  /// Wakes the loop from any thread.
  var waker: WakePipe { wakePipe }
  var size: Size { screen.size }
  var theme: Theme { screen.theme }
  var depth: ColorDepth { screen.depth }

  /// Takes the terminal, or says in one sentence why it cannot.
  init(options: Options) throws(Failure) {
    if let refusal = TerminalGuard.refusal(
      environment: options.environment, input: options.input, output: options.output)
    {
      throw .refused(refusal)
    }
    self.options = options
    Self.useUTF8()
    let cannot = "The terminal could not be opened; use ticket-console --plain instead."
    guard let wakePipe = WakePipe() else { throw .refused(cannot) }
    self.wakePipe = wakePipe
    input = CursesInput(
      descriptor: options.input, wakeDescriptor: wakePipe.readDescriptor,
      escapeDelay: options.escapeDelay)
    if options.handlesSignals { SignalInbox.open(wakeDescriptor: wakePipe.writeDescriptor) }
    var modes = termios()
    tcgetattr(options.input, &modes)
    let isColored = options.isColored && (options.environment["NO_COLOR"] ?? "").isEmpty
    guard
      let term = TerminalGuard.usableTerm(
        options.environment["TERM"] ?? "", output: options.output),
      let screen = CursesScreen(
        term: term, input: options.input, output: options.output,
        theme: options.theme ?? TerminalQueries.guessedTheme(environment: options.environment),
        isColored: isColored,
        usesASCIILines: options.usesASCIILines
          ?? !TerminalQueries.isUTF8(environment: options.environment))
    else { throw .refused(cannot) }
    self.screen = screen
    TerminalGuard.arm(
      output: options.output, restoring: Array(Self.restoringSequence().utf8), modes: modes,
      catchingSignals: options.handlesSignals)
    followSize()
  }

  deinit { close() }

  /// Gives the terminal back; may be called more than once.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    write(Self.leaving(restoresTitle: hasSavedTitle))
    screen.close()
    TerminalGuard.disarm()
    if options.handlesSignals { SignalInbox.close() }
  }

  // Showing

  /// Shows a frame; only what differs from the one before is sent.
  func present(_ frame: Frame) {
    screen.present(frame, isSynchronized: hasSynchronizedOutput && changesMuch(frame))
    lastFrame = frame
    if !hasPainted { greet() }
  }

  /// Switches on what the terminal does beside painting, once the first frame is there and nothing
  /// that a strange terminal might print can be left on the shell's screen.
  private func greet() {
    hasPainted = true
    write(entering)
    guard options.asksTerminal else { return }
    write(
      TerminalQueries.questions(
        environment: options.environment, asksBackground: options.theme == nil && depth != .none))
    // Asked once at the start, so that it is known by the first prompt whether answers come, and here
    // when those to the questions before it have come.
    _ = askForAnswer()
  }

  /// Asks the terminal for an answer behind all that was sent; the event `answered` follows with the
  /// number that is returned. Nil for a terminal that never answers.
  func askForAnswer() -> Int? {
    guard options.asksTerminal, !arrivals.isMute(at: clock.now) else { return nil }
    let (number, sequence) = arrivals.ask(at: clock.now)
    write(sequence)
    return number
  }

  /// Asks again, or gives up a terminal that never answers.
  private func followArrivals() {
    switch arrivals.overdue(at: clock.now) {
    case .mute(let shown): events.append(.answered(shown))
    case .askAgain: write(arrivals.ask(at: clock.now).sequence)
    case nil: break
    }
  }

  /// A few rows are painted in one write anyway.
  private func changesMuch(_ frame: Frame) -> Bool {
    guard let lastFrame, lastFrame.size == frame.size else { return true }
    var changed = 0
    for row in 0..<frame.size.height where !frame.hasSameRow(row, as: lastFrame) {
      changed += 1
      if changed > 4 { return true }
    }
    return false
  }

  /// Repaints everything, for Ctrl-l.
  func repaint() {
    screen.repaintAll()
    if let lastFrame { present(lastFrame) }
  }

  /// Draws with other colours.
  func use(_ theme: Theme) {
    screen.apply(theme)
    if let lastFrame { present(lastFrame) }
  }

  /// Puts a text into the title of the terminal's window, which gets its old one back at the end.
  func setTitle(_ title: String) {
    guard TerminalQueries.hasTitle(environment: options.environment) else { return }
    if !hasSavedTitle { write("\u{1B}[22;2t") }
    hasSavedTitle = true
    write("\u{1B}]2;\(DisplayText.truncate(title, to: 200))\u{07}")
  }

  /// Sends a sequence that paints nothing, such as one for the clipboard.
  func send(_ sequence: String) { write(sequence) }

  // Events

  /// Waits for what happens next, at most so long; nil waits without end.
  func nextEvent(timeout: Duration? = nil) -> Event {
    let deadline = timeout.map { clock.now.advanced(by: $0) }
    while true {
      takeSignals()
      if !events.isEmpty { return events.removeFirst() }
      let left = deadline.map { clock.now.duration(to: $0) }
      if let left, left < .zero { return .timeout }
      let patience = arrivals.deadline.map { max(.zero, clock.now.duration(to: $0)) }
      input.expect(
        isAnswerAwaited: arrivals.isWaiting, isWriting: isWriting)
      receive(input.wait([left, patience].compactMap(\.self).min()))
      followArrivals()
      if events.isEmpty, let deadline, clock.now >= deadline { return .timeout }
    }
  }

  /// True when an event is waiting that can be had without waiting.
  func hasEvent() -> Bool {
    if events.isEmpty { receive(input.readNow()) }
    return !events.isEmpty
  }

  /// Throws away every key typed so far, pasted text included.
  ///
  /// What was read is decoded all the same, so that the rest of a sequence or of a paste that is
  /// still on its way cannot be taken for keys afterwards.
  func discardTypeahead() {
    receive(input.readNow())
    events.removeAll {
      switch $0 {
      case .key, .mouse: true
      default: false
      }
    }
  }

  private func receive(_ arrival: CursesInput.Arrival) {
    for report in arrival.reports {
      switch report {
      case .key(let key): events.append(.key(key))
      case .focus(let isFocused): events.append(.focus(isFocused))
      case .mouse(let event): events.append(.mouse(event))
      case .mode(2026, let isSupported): hasSynchronizedOutput = isSupported
      case .mode: break
      case .stalledPaste: events.append(.stalledPaste)
      case .answer(let question):
        if let number = arrivals.take(question, at: clock.now) { events.append(.answered(number)) }
      case .background(let color):
        if options.theme == nil, screen.theme != TerminalQueries.theme(on: color) {
          use(TerminalQueries.theme(on: color))
        }
      }
    }
    if arrival.isWoken, wakePipe.drain() { events.append(.wake) }
    if arrival.isClosed, events.last != .hangup { events.append(.hangup) }
  }

  private func takeSignals() {
    guard options.handlesSignals else { return }
    let requests = SignalInbox.take()
    if requests.isEmpty { return }
    if requests.contains(.hangup) { events.append(.hangup) }
    if requests.contains(.terminate) { events.append(.terminate) }
    if requests.contains(.suspend) {
      lend(to: Self.stopJob)
      events.append(.resumed)
    } else if requests.contains(.resume) {
      screen.resume()
      write(enteringSequence())
      followSize()
      if let lastFrame { present(lastFrame) }
      events.append(.resumed)
    }
    if requests.contains(.resize), followSize() { events.append(.resized(screen.size)) }
  }

  /// Reads the terminal's size again; true when it has changed.
  @discardableResult
  private func followSize() -> Bool {
    var window = winsize()
    guard ioctl(options.output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0,
      window.ws_row > 0
    else { return false }
    let size = Size(width: Int(window.ws_col), height: Int(window.ws_row))
    guard size != screen.size else { return false }
    screen.resize(to: size)
    return true
  }

  // Lending

  /// Gives the terminal to `body` in its ordinary modes, and takes and repaints it afterwards.
  func lend<Result>(to body: () -> Result) -> Result {
    screen.suspend()
    write(Self.restoringSequence())
    TerminalGuard.disarm()
    if options.handlesSignals { SignalInbox.lendTerminal() }
    let result = body()
    if options.handlesSignals {
      SignalInbox.takeTerminalBack()
      // Being stopped, let go on and resized meanwhile is answered by the repaint below.
      let requests = SignalInbox.take()
      if requests.contains(.terminate) { events.append(.terminate) }
      if requests.contains(.hangup) { events.append(.hangup) }
    }
    TerminalGuard.rearm(output: options.output)
    screen.resume()
    write(enteringSequence())
    if followSize() { events.append(.resized(screen.size)) }
    if let lastFrame { present(lastFrame) }
    return result
  }

  /// Stops the program and its job until the shell lets it go on, for Ctrl-z.
  func suspend() { lend(to: Self.stopJob) }

  /// Stops the whole job, so that the shell gets its terminal back also when another program has
  /// started this one; SIGTSTP has its default while the terminal is lent.
  private static func stopJob() { kill(0, SIGTSTP) }

  // Sequences

  private func write(_ text: String) {
    FrameOutput.write(Array(text.utf8), to: options.output)
  }

  /// Bracketed paste on, and what else was asked for.
  private var entering: String {
    "\u{1B}[?2004h" + (options.reportsFocus ? "\u{1B}[?1004h" : "")
      + (options.usesMouse ? "\u{1B}[?1000h\u{1B}[?1006h" : "")
  }

  /// What takes the full screen again.
  private func enteringSequence() -> String {
    Self.capability("smcup") + entering
  }

  private static func leaving(restoresTitle: Bool) -> String {
    "\u{1B}[?2026l\u{1B}[?1006l\u{1B}[?1000l\u{1B}[?1004l\u{1B}[?2004l"
      + (restoresTitle ? "\u{1B}[23;2t" : "")
  }

  /// What gives the terminal back in one go, after a crash too.
  private static func restoringSequence() -> String {
    leaving(restoresTitle: false) + ["sgr0", "cnorm", "rmcup"].map(capability).joined()
  }

  /// A sequence of the terminal's description; empty when it has none.
  private static func capability(_ name: String) -> String {
    guard let text = cn_capability(name) else { return "" }
    return TerminalQueries.withoutPadding(String(cString: text))
  }

  /// ncurses and `wcwidth` speak UTF-8 only in a UTF-8 locale, which a remote login may lack.
  private static func useUTF8() {
    setlocale(LC_CTYPE, "")
    let codeset = nl_langinfo(codesetItem).map { String(cString: $0) }
    if codeset != "UTF-8" {
      if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "en_US.UTF-8") }
    }
  }

  /// `CODESET`, whose enumerator glibc declares without a name.
  private static let codesetItem: nl_item = 14
}
