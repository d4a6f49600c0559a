import ConsoleModel
import Helpdesk
import Terminal

/// The audit page in words.
struct AuditText {
  private let state: ConsoleState

  init(_ state: ConsoleState) { self.state = state }

  /// What is listed and whether it can be trusted.
  var title: String {
    let words =
      switch state.audit.check {
      case .checking: "checking the chain ..."
      case .done(.good(let count)): "verified: \(Digits.count(count, "record")), the chain is whole"
      case .done(.broken(let number)): "NOT VERIFIED: broken at record \(number)"
      case .done(.tailMissing(let have, let want)): "NOT VERIFIED: \(have) of \(want) records left"
      case .failed: "NOT VERIFIED: it cannot be read"
      }
    return "AUDIT LOG  newest first   \(words)"
  }

  /// What has to be said before the records: why nothing is sent, what is wrong with the log.
  var notes: [PageLine] {
    var texts: [String] = []
    if let problem = state.desk.sendingProblem { texts.append(problem) }
    switch state.audit.check {
    case .done(.broken), .done(.tailMissing):
      texts.append(
        "Somebody or something has changed the log after it was written. It was left as it is: "
          + "\(state.audit.path). ticket-console audit renew sets it aside as evidence and writes it "
          + "anew from the journal.")
    case .failed(let sentence): texts.append(sentence)
    case .checking, .done(.good): break
    }
    var lines: [PageLine] = []
    for text in texts {
      lines += DisplayText.wrap(text, to: max(20, state.size.width - 4), limit: 4).map {
        PageLine(text: $0, role: .warning)
      }
    }
    return lines
  }

  var count: Int { notes.count + state.audit.records.count }

  /// The record on a row of the page; nil on a note.
  func record(at row: Int) -> AuditRecord? {
    let index = row - notes.count
    return state.audit.records.indices.contains(index) ? state.audit.records[index] : nil
  }

  func line(of record: AuditRecord) -> String {
    let when = state.time.dayAndClock(record.at, now: state.now.timestamp)
    return DisplayText.pad(when, to: 16) + " " + DisplayText.pad(Self.word(record.action), to: 9)
      + " " + record.sentence
  }

  /// What kind of record it is, in a word.
  static func word(_ action: AuditRecord.Action) -> String {
    switch action {
    case .decision: "decided"
    case .intent: "sending"
    case .outcome: "outcome"
    case .finding: "found"
    case .brake: "brake"
    }
  }

  /// One record with all that the log says.
  func details(of record: AuditRecord, width: Int) -> [TextRun] {
    let facts = [
      "record    \(record.number)",
      "when      \(state.time.dayAndClock(record.at, now: state.now.timestamp)), "
        + "\(state.time.preciseClock(record.at))",
      "account   \(record.who)", "kind      \(record.action.rawValue)",
    ]
    return facts.map { TextRun($0) } + [TextRun("")]
      + DisplayText.wrap(record.sentence, to: width, limit: 20).map { TextRun($0, .boxStrong) }
  }
}
