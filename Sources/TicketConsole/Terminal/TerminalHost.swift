import Glibc
import Terminal

/// The terminal as the console's loop sees it: shows frames, hands out events, and can be lent.
///
/// Belongs to the thread that made it; only the waker may be used from others.
final class TerminalHost {
  let options: Options
  private let output: TerminalOutput
  private let screen: CursesScreen
  /// The terminal's modes before it was taken.
  private let modes: termios
  private var input: CursesInput
  private let wakePipe: WakePipe
  private let clock = ContinuousClock()
  private var events: [Event] = []
  /// Whether characters become text now, so that none may be lost.
  var isWriting = false
  private var lastFrame: Frame?
  private var hasSynchronizedOutput = false
  /// Whether it is known what the terminal says of its background, if only that it says nothing.
  private var saysBackground = false
  private var chosenTheme: Theme?
  private var automaticTheme: Theme
  private var arrivals = ArrivalQuestions()
  private var resizing = Resizing()
  private var hasSavedTitle = false
  private var hasPainted = false
  private var isClosed = false

  /// Wakes the loop from any thread.
  var waker: WakePipe { wakePipe }
  var size: Size { screen.size }
  /// How long the terminal took to answer; nil until it has.
  var roundTrip: Duration? { arrivals.roundTrip }
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
    chosenTheme = options.theme
    automaticTheme = TerminalQueries.guessedTheme(environment: options.environment)
    TerminalSequences.useUTF8()
    let cannot = "The terminal could not be opened; use ticket-console --plain instead."
    guard let wakePipe = WakePipe() else { throw .refused(cannot) }
    self.wakePipe = wakePipe
    input = CursesInput(
      descriptor: options.input, wakeDescriptor: wakePipe.readDescriptor,
      escapeDelay: options.escapeDelay)
    if options.handlesSignals { SignalInbox.open(wakeDescriptor: wakePipe.writeDescriptor) }
    let handlesSignals = options.handlesSignals
    output = TerminalOutput(terminal: options.output) {
      handlesSignals && SignalInbox.endingSignal != nil
    }
    var modes = termios()
    tcgetattr(options.input, &modes)
    self.modes = modes
    let isColored = options.isColored && (options.environment["NO_COLOR"] ?? "").isEmpty
    guard
      let term = TerminalGuard.usableTerm(
        options.environment["TERM"] ?? "", output: options.output),
      let screen = CursesScreen(
        term: term, input: options.input, output: options.output, writer: output,
        theme: options.theme ?? automaticTheme,
        isColored: isColored,
        usesASCIILines: options.usesASCIILines
          ?? !TerminalQueries.isUTF8(environment: options.environment))
    else { throw .refused(cannot) }
    screen.showsCursor = options.showsCursor
    self.screen = screen
    TerminalGuard.arm(
      output: options.output, restoring: Array(TerminalSequences.restoring().utf8), modes: modes,
      catchingSignals: options.handlesSignals)
    followSize()
  }

  deinit { close() }

  /// Gives the terminal back; may be called more than once.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    settleAnswers()
    if output.isGivenUp { output.dropUnsent() }
    write(TerminalSequences.leaving(restoresTitle: hasSavedTitle))
    let clearing = TerminalSequences.clearingLastRow
    screen.close()
    write(clearing)
    var modes = modes
    tcsetattr(options.input, TCSANOW, &modes)
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
    write(TerminalSequences.entering(options))
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

  /// Questions are answered in order: what was asked before and is not answered now never will be.
  private func note(answered number: Int) {
    events.append(.answered(number))
    guard !saysBackground else { return }
    saysBackground = true
    follow(TerminalQueries.themeWithoutAnswer(environment: options.environment))
  }

  /// Draws with the colours for the terminal's background, unless the user has chosen some.
  private func follow(_ theme: Theme) {
    automaticTheme = theme
    if chosenTheme == nil, screen.theme != theme { use(theme) }
  }

  /// Draws with the colours that the user chooses; nil follows the terminal's background.
  func choose(_ theme: Theme?) {
    chosenTheme = theme
    use(theme ?? automaticTheme)
  }

  /// Waits a moment for answers that are on their way, and takes them in, so that the next reader of
  /// the terminal does not find them among its keys.
  private func settleAnswers() {
    guard hasPainted, !output.isGivenUp, !arrivals.isMute(at: clock.now) else { return }
    let deadline = clock.now.advanced(by: arrivals.settlingTime)
    while arrivals.isWaiting, !events.contains(.hangup) {
      let left = clock.now.duration(to: deadline)
      guard left > .zero else { break }
      input.expect(isAnswerAwaited: true, isWriting: isWriting)
      receive(input.wait(left))
    }
  }

  /// Asks again, or gives up a terminal that never answers.
  private func followArrivals() {
    switch arrivals.overdue(at: clock.now) {
    case .mute(let shown): note(answered: shown)
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
      followWindow()
      if !events.isEmpty { return events.removeFirst() }
      let left = deadline.map { clock.now.duration(to: $0) }
      if let left, left < .zero { return .timeout }
      let patience = [arrivals.deadline, resizing.deadline].compactMap(\.self).min()
        .map { max(.zero, clock.now.duration(to: $0)) }
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
        if let number = arrivals.take(question, at: clock.now) { note(answered: number) }
      case .background(let color):
        saysBackground = true
        follow(TerminalQueries.theme(on: color))
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
      // Left before it is entered again, so that what entering saves is saved once.
      write(TerminalSequences.restoring() + TerminalSequences.enteringAgain(options))
      followSize()
      if let lastFrame { present(lastFrame) }
      events.append(.resumed)
    }
    if requests.contains(.resize) { resizing.note(at: clock.now) }
  }

  /// Follows the window to its size: at once, or when it has come to rest.
  private func followWindow() {
    guard resizing.isDue(at: clock.now) else { return }
    resizing.done(at: clock.now)
    if followSize() { events.append(.resized(screen.size)) }
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
    settleAnswers()
    screen.suspend()
    write(TerminalSequences.restoring())
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
    write(TerminalSequences.enteringAgain(options))
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
    output.write(Array(text.utf8))
  }
}
