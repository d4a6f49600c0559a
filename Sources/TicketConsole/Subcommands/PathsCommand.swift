import ConsoleModel

/// `paths`: where every file is.
enum PathsCommand {
  static let command = Command(
    "paths", summary: "Print where every file is", options: [.json],
    details: """
      Caches may be deleted at any time; the next sync fills them again. Journals hold the outbox
      and the drafts, and must not be deleted, nor may the audit logs that belong to them. While a
      pause file exists, nothing of its account is sent. Not every file has to exist.
      """
  ) { context in
    let paths = try paths(context)
    if context.wantsJSON {
      context.output.document(
        .array(paths.map { ["name": .string($0.name), "path": .string($0.path)] }))
    } else {
      let width = paths.map(\.name.count).max() ?? 0
      for path in paths {
        let padding = String(repeating: " ", count: width - path.name.count + 2)
        context.output.lines(path.name + padding + path.path)
      }
    }
  }

  private static func paths(_ context: CommandContext) throws -> [(name: String, path: String)] {
    let profile = try context.profile()
    var paths = [
      ("settings", profile.preferencesFile), ("accounts", profile.accountsFile),
      ("log", context.invocation.value("log-file") ?? profile.logFile),
    ]
    let accounts = (try? AccountRegistry(profile: profile).load()) ?? []
    for account in accounts {
      let files = profile.files(of: account.name)
      paths.append(("\(account.name): cache", files.cache))
      paths.append(("\(account.name): journal", files.journal))
      paths.append(("\(account.name): audit log", AuditLog(folder: files.journalFolder).path))
      paths.append(("\(account.name): pause file", files.stopSwitch))
      paths.append(("\(account.name): sync lock", files.syncLock))
      paths.append(("\(account.name): sender lock", files.senderLock))
      if account.keySource == .file { paths.append(("\(account.name): key", files.keyFile)) }
    }
    return paths.map { (name: $0.0, path: $0.1) }
  }
}
