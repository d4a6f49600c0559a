import ConsoleModel

/// `audit`: the log of what was done, its check, and the way on when its file was damaged.
enum AuditCommand {
  static let command = Command(
    "audit", "verify|tail|renew", summary: "Check the audit log, or show its end",
    options: [CommandOption("limit", "N", "Show the last N records; default: 20"), .json],
    details: """
      verify checks the chain of records: exit code 0 when it is good, 1 when it is broken, 2 when
      the end is missing. tail shows the newest records, oldest first. renew is for a file that
      does not match the journal, which stops all sending: it sets the file aside as evidence,
      writes it anew from the journal, and puts that on record. The log is tamper-evident, not
      tamper-proof.
      """,
    operandWords: ["verify", "tail", "renew"]
  ) { context in
    let account = try context.account()
    let files = try context.profile().files(of: account.name)
    switch context.invocation.operands {
    case ["verify"]: try verify(account, files, context)
    case ["tail"]:
      let limit = try context.number("limit", in: 1...1_000_000) ?? 20
      let lines = AuditLog(folder: files.journalFolder).tail(limit)
      if context.wantsJSON {
        context.output.document(.strings(lines))
      } else {
        for line in lines { context.output.lines(line) }
      }
    case ["renew"]: try renew(context)
    default: throw CommandFailure(.wrongUsage, "Say verify, tail or renew.")
    }
  }

  private static func renew(_ context: CommandContext) throws {
    let session = try context.session(needsCache: false)
    let renewal = try context.attempt {
      try Waiting.wait { try await session.journal.renewAuditFile() }
    }
    switch renewal {
    case .wasWhole: context.output.lines("The audit log is whole; nothing was changed.")
    case .wasGone: context.output.lines("The audit log was gone and is written anew.")
    case .setAside(let path):
      context.output.lines("The audit log is written anew. Keep the old file as evidence: \(path)")
    }
  }

  private static func verify(
    _ account: Account, _ files: AccountFiles, _ context: CommandContext
  ) throws {
    let log = AuditLog(folder: files.journalFolder)
    let verdict = try context.attempt {
      // Without a readable journal the chain alone can still be checked.
      guard let reader = try? JournalReader(folder: files.journalFolder, account: account.name)
      else { return try log.verify(against: nil) }
      return try reader.verifyAudit(log)
    }
    switch verdict {
    case .good(let count):
      if context.wantsJSON {
        context.output.document(["ok": .flag(true), "records": .integer(Int64(count))])
      } else {
        context.output.lines("The audit log is whole: \(count) records.")
      }
    case .broken(let number):
      throw CommandFailure(
        .failed,
        "The audit log is broken at record \(number). It was left as it is: \(log.path). To set it aside "
          + "as evidence and write it anew: ticket-console audit renew")
    case .tailMissing(let have, let want):
      // The contract gives this verdict the code 2.
      throw CommandFailure(
        .wrongUsage,
        "The audit log ends at record \(have), but there are \(want). It was left as it is: "
          + "\(log.path). To set it aside as evidence and write it anew: ticket-console audit renew"
      )
    }
  }
}
