import ConsoleModel
import Helpdesk
import Terminal

/// The help screen: the bindings of a place made from the table, the legend, and on demand the
/// bindings of all other places.
struct HelpText {
  var table: KeyTable
  var place: Place
  var showsAll = false

  var lines: [PageLine] {
    var result = [PageLine(text: "Keys here: \(place.title)", role: .heading)]
    result += bindings(of: place)
    result.append(PageLine(text: "", role: .normal))
    result.append(PageLine(text: "Legend: signs and marks", role: .heading))
    result += Legend.entries.map { PageLine(text: $0.meaning, role: .normal, key: $0.sign) }
    if place == .queue || showsAll { result += queryFields }
    if showsAll { result += others }
    return result
  }

  private var queryFields: [PageLine] {
    var result = [
      PageLine(text: "", role: .normal),
      PageLine(text: "Fields of a query (\\ in the queue, :query)", role: .heading),
    ]
    result += QueryReference.rules.map {
      PageLine(text: $0.meaning, role: .normal, key: $0.example)
    }
    result += QueryField.allCases.map { field in
      PageLine(text: "\(field.meaning): \(field.values)", role: .normal, key: field.name + ":")
    }
    return result
  }

  private var others: [PageLine] {
    var result: [PageLine] = []
    for other in Place.allCases where other != place {
      let only = table.records.filter { record in
        record.unavailable == nil && !record.sequences(in: other).isEmpty
          && record.sequences(in: place).isEmpty
      }
      guard !only.isEmpty else { continue }
      result.append(PageLine(text: "", role: .normal))
      result.append(PageLine(text: "Only in: \(other.title)", role: .heading))
      result += only.map { line($0, in: other) }
    }
    result.append(PageLine(text: "", role: .normal))
    result.append(PageLine(text: "Not in this version", role: .heading))
    for record in table.records where record.unavailable != nil {
      guard let home = Place.allCases.first(where: { !record.sequences(in: $0).isEmpty }) else {
        continue
      }
      result.append(line(record, in: home))
    }
    return result
  }

  /// The marks in two rows.
  static let shortLegend =
    "> cursor  + marked  * unread  ! overdue  d draft  ~ not confirmed yet  x left the view  "
    + "FR/RS first response/resolution due"

  private func bindings(of place: Place) -> [PageLine] {
    table.records.filter { $0.unavailable == nil && !$0.sequences(in: place).isEmpty }
      .map { line($0, in: place) }
  }

  private func line(_ record: CommandRecord, in place: Place) -> PageLine {
    let keys = record.sequences(in: place).map(KeyTable.compact).joined(separator: ", ")
    let name = record.name.map { "  :\($0)" } ?? ""
    let reason = record.unavailable.map { "  (\($0))" } ?? ""
    return PageLine(
      text: record.title + name + reason, role: record.unavailable == nil ? .normal : .disabled,
      key: keys)
  }
}

/// The page on the line, the limits and what has been done lately.
struct LogText {
  private let state: ConsoleState

  init(_ state: ConsoleState) { self.state = state }

  var lines: [PageLine] {
    let account = state.directory.account
    let desk = state.desk
    let now = state.now.timestamp
    var result = [
      PageLine(text: "account    \(account.name) at \(account.vendor)", role: .normal),
      PageLine(text: "agent      \(account.me?.name ?? "not known yet")", role: .normal),
      PageLine(text: "connection \(link)", role: .normal),
      PageLine(
        text: "rate limit "
          + (desk.budget.map { "\($0.remaining) of \($0.limit) calls left" }
            ?? (state.desk.link == .connecting
              ? "unknown until the first answer" : "unknown (not reported by the helpdesk)")),
        role: .normal),
      PageLine(
        text: "cache      \(desk.ticketCount) tickets"
          + (desk.cachedAt.map { ", \(Digits.age(now - $0)) old" } ?? ", never synced"),
        role: .normal),
      PageLine(text: "sync       \(state.syncingWords ?? "nothing runs")", role: .normal),
    ]
    for (index, words) in desk.unread.prefix(12).enumerated() {
      result.append(
        PageLine(text: (index == 0 ? "not read  " : "          ") + words, role: .warning))
    }
    if let brake = state.brakeSentence {
      for (index, line) in DisplayText.wrap(brake, to: max(20, state.size.width - 14)).enumerated()
      {
        result.append(
          PageLine(text: (index == 0 ? "stopped    " : "           ") + line, role: .warning))
      }
    }
    result.append(PageLine(text: "", role: .normal))
    result.append(PageLine(text: "Log, newest last", role: .heading))
    result += state.log.map {
      PageLine(text: "\(state.time.preciseClock($0.at))  \($0.text)", role: .normal)
    }
    return result
  }

  private var link: String {
    switch state.desk.link {
    case .connecting: "connecting"
    case .online: "online"
    case .offline(let since): "offline since \(state.time.short(since, now: state.now.timestamp))"
    case .limited(let until): "limit used up, again at \(state.time.clock(until))"
    case .failing(let since, let reason):
      "failing since \(state.time.short(since, now: state.now.timestamp)): \(reason)"
    case .signedOut: "signed out: the helpdesk does not accept the key"
    }
  }
}
