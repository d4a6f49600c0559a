import ConsoleModel
import ConsoleUI
import FoundationEssentials
import Helpdesk

extension FileCalls {
  /// Downloads in the background; the disk is looked at between two keys only for completions.
  static func over(
    _ link: DeskLink, session: AccountSession, environment: [String: String]
  ) -> FileCalls {
    let store = AttachmentStore(session)
    let home = environment["HOME"] ?? ""
    return FileCalls(
      save: { files, ticket, destination, answer in
        let place = expanded(destination, home)
        Task { answer(await save(files, ticket, to: place, store, link)) }
      },
      text: { file, ticket, answer in
        Task {
          do {
            let bytes = try await store.bytes(of: file, on: ticket) {
              try await link.refresh(ticket)
            }
            guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
              answer(.failure(CallFailure("\(file.name) is not text; s saves it.")))
              return
            }
            answer(.success(text))
          } catch {
            answer(.failure(FailureSentences.failure(for: error)))
          }
        }
      },
      proposal: { name in
        let hasDownloads = FileManager.default.fileExists(atPath: home + "/Downloads")
        return (hasDownloads ? "~/Downloads/" : "~/") + (name.map(NewFile.name) ?? "")
      })
  }

  private static func save(
    _ files: [Attachment], _ ticket: TicketID, to place: String, _ store: AttachmentStore,
    _ link: DeskLink
  ) async -> Result<String, CallFailure> {
    var saved: [String] = []
    do {
      var isFolder: Bool = false
      let exists = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
      let wantsFolder = files.count > 1 || place.hasSuffix("/") || exists && isFolder
      if wantsFolder { try NewFile.makeFolder(place) }
      if !wantsFolder, exists { throw NewFile.Failure.exists(place) }
      for file in files {
        let bytes = try await store.bytes(of: file, on: ticket) { try await link.refresh(ticket) }
        saved.append(
          wantsFolder
            ? try NewFile.write(bytes, named: file.name, in: place)
            : try NewFile.write(bytes, to: place))
      }
    } catch let failure as NewFile.Failure {
      return .failure(
        CallFailure(
          "\(failure.explanation). \(AttachmentStore.saved(saved.count)) Choose another name or "
            + "folder."))
    } catch {
      let sentence = FailureSentences.failure(for: error).sentence
      return .failure(CallFailure("\(sentence) \(AttachmentStore.saved(saved.count))"))
    }
    return .success(
      saved.count == 1 ? "saved \(saved[0])" : "\(saved.count) files saved in \(place)")
  }

  private static func expanded(_ path: String, _ home: String) -> String {
    path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
  }
}
