import ConsoleModel
import Helpdesk

/// `attachments`: the files of a ticket, listed or downloaded.
enum AttachmentsCommand {
  static let command = Command(
    "attachments", "ID", summary: "List the files of a ticket, or save them",
    options: [
      CommandOption(
        "save", "DIR", "Download all of them into DIR, which is made where it is missing"),
      .json,
    ],
    details: """
      Files are saved under their own names, cleaned, and readable for you alone (mode 0600). A file
      that is there is never overwritten: the new one gets a number. They come from the address that
      the helpdesk gives for each; your API key is not sent there.
      """
  ) { context in
    let id = try TicketNumber.one(context.invocation.operands)
    let session = try context.session()
    try context.attempt {
      try run(id, session, context)
    }
  }

  private static func run(
    _ id: TicketID, _ session: AccountSession, _ context: CommandContext
  ) throws {
    let reader = try session.currentReader()
    if try reader.detail(id)?.isThreadCached != true { try refresh(id, session) }
    let files = try reader.attachments(of: id)
    var saved: [Int64: String] = [:]
    var problems: [String] = []
    if let folder = context.invocation.value("save") {
      do throws(NewFile.Failure) { try NewFile.makeFolder(folder) } catch {
        throw CommandFailure(.failed, "\(error.explanation). Nothing was saved.")
      }
      let store = AttachmentStore(session)
      for entry in files {
        let file = entry.file
        do {
          let bytes = try Waiting.wait {
            try await store.bytes(of: file, on: id) { try await fetch(id, session) }
          }
          saved[file.id] = try NewFile.write(bytes, named: file.name, in: folder)
          context.output.note("Saved \(saved[file.id] ?? file.name)")
        } catch let failure as NewFile.Failure {
          problems.append(failure.explanation + ".")
        } catch {
          problems.append(CommandFailure(for: error).sentence)
        }
      }
    }
    if context.wantsJSON {
      context.output.document(.array(files.map { json($0, saved) }))
    } else if files.isEmpty {
      context.output.note("Ticket #\(id) has no files.")
    } else if !context.invocation.has("save") {
      var table = TextTable(["bytes", "type", "of", "name"])
      for entry in files {
        table.add([
          String(entry.file.size), entry.file.contentType ?? "", entry.at.description,
          entry.file.name,
        ])
      }
      context.output.lines(table.text)
    }
    guard problems.isEmpty else {
      problems.append(AttachmentStore.saved(saved.count))
      throw CommandFailure(.failed, problems.joined(separator: "\n"))
    }
  }

  private static func refresh(_ id: TicketID, _ session: AccountSession) throws {
    try Waiting.wait { try await fetch(id, session) }
  }

  private static func fetch(_ id: TicketID, _ session: AccountSession) async throws {
    _ = try await session.syncEngine(limiter: RequestLimiter()).refresh(id)
  }

  private static func json(_ entry: TicketAttachment, _ saved: [Int64: String]) -> JSONText {
    [
      "id": .integer(entry.file.id), "name": .string(entry.file.name),
      "size": .integer(entry.file.size), "content_type": .text(entry.file.contentType),
      "conversation_id": entry.conversation.map { .integer($0.rawValue) } ?? .null,
      "saved": .text(saved[entry.file.id]),
    ]
  }
}
