import ConsoleModel
import ConsoleUI
import Dispatch

extension AuditReads {
  /// The account's audit log. Records come from the journal, which the file is held against when
  /// the chain is checked; the check reads all of it, so it has a thread of its own.
  static func from(
    _ journal: JournalReader, session: AccountSession, failures: CacheFailures
  ) -> AuditReads {
    let (folder, account) = (session.files.journalFolder, session.account.name)
    let log = AuditLog(folder: folder)
    let checks = DispatchQueue(label: "audit check")
    return AuditReads(
      records: { before, limit in
        failures.attempt([]) { try journal.auditRecords(before: before, limit: limit) }
      },
      verify: { answer in
        checks.async {
          do throws(JournalError) {
            let reader = try JournalReader(folder: folder, account: account)
            answer(.success(try reader.verifyAudit(log)))
          } catch {
            answer(.failure(FailureSentences.failure(for: error)))
          }
        }
      },
      path: log.path)
  }
}
