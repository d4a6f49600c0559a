import ConsoleModel
import Terminal

extension ConsoleState {
  /// The page begins with the newest records and checks the chain anew.
  mutating func openAudit() -> [Effect] {
    show(.audit)
    return [.loadDesk] + auditEffects()
  }

  /// The newest records, and the check.
  mutating func auditEffects() -> [Effect] {
    audit.check = .checking
    return [.loadAudit(before: nil), .verifyAudit]
  }

  mutating func takeAudit(_ records: [AuditRecord], before: Int?, path: String) -> [Effect] {
    let chosen = AuditText(self).record(at: page.viewport.cursor)?.number
    if before == nil {
      audit.take(newest: records)
    } else {
      audit.take(older: records)
    }
    audit.path = path
    guard screen == .audit else { return [] }
    let text = AuditText(self)
    // A cursor on the newest record stays on the newest one.
    let rows: [Int?] = text.notes.map { _ in nil } + audit.records.map { $0.number }
    if page.viewport.cursor <= text.notes.count, before == nil {
      page.move(to: page.viewport.cursor, count: text.count)
    } else {
      page.viewport.follow(chosen, in: rows.map { $0 ?? -1 }, height: page.height)
    }
    return []
  }

  mutating func takeVerdict(_ result: Result<AuditLog.Verdict, CallFailure>) {
    switch result {
    case .success(let verdict): audit.check = .done(verdict)
    case .failure(let failure): audit.check = .failed(failure.sentence)
    }
    if screen == .audit { page.move(to: page.viewport.cursor, count: AuditText(self).count) }
  }

  /// Older records are read before the cursor gets to the end of those known.
  func olderAuditEffects() -> [Effect] {
    guard !audit.isComplete, let last = audit.records.last?.number,
      page.viewport.cursor + 2 * page.height >= pageCount
    else { return [] }
    return [.loadAudit(before: last)]
  }

  /// Enter: the whole record in a box.
  mutating func openAuditRecord() -> [Effect] {
    guard let record = AuditText(self).record(at: page.viewport.cursor) else { return [] }
    let width = ReaderLayout(size: size).text.width
    return open(
      .reader(
        ReaderState(
          title: "AUDIT RECORD \(record.number)",
          lines: AuditText(self).details(of: record, width: width))))
  }
}
