import ConsoleModel
import HTTPClient
import Helpdesk

/// The files of tickets: where they are, and their bytes. Its failures give the reason only; whether
/// anything was saved is the caller's to say, see `saved`.
struct AttachmentStore: Sendable {
  let cacheFile: CacheFile
  private let download: FileDownload

  init(_ session: AccountSession) {
    cacheFile = session.cacheFile
    download = FileDownload(transport: CurlTransport(options: session.curlOptions))
  }

  /// A file's bytes. An address is good for minutes only: where the kept one has ended, `refresh`
  /// reads the ticket again.
  func bytes(
    of file: Attachment, on ticket: TicketID, refresh: @Sendable () async throws -> Void
  ) async throws -> [UInt8] {
    if let address = file.url {
      do throws(FileDownload.Failure) {
        return try await download.bytes(from: address)
      } catch {
        guard error.isStale else { throw failure(error, file) }
      }
    }
    try await refresh()
    let newest = try cacheFile.reader().attachments(of: ticket).first { $0.file.id == file.id }
    guard let address = newest?.file.url else {
      throw CommandFailure(
        .failed, "The helpdesk gave no address for \"\(file.name)\".")
    }
    do throws(FileDownload.Failure) {
      return try await download.bytes(from: address)
    } catch {
      throw failure(error, file)
    }
  }

  /// What a download that was cut short has saved.
  static func saved(_ count: Int) -> String {
    switch count {
    case 0: "Nothing was saved."
    case 1: "1 file was saved."
    default: "\(count) files were saved."
    }
  }

  private func failure(_ error: FileDownload.Failure, _ file: Attachment) -> CommandFailure {
    CommandFailure(
      .failed, "\"\(file.name)\" could not be fetched: \(error.explanation).")
  }
}

extension CurlOptions {
  /// What the user has set about proxy and certificates.
  init(_ preferences: Preferences, environment: [String: String]) {
    self.init()
    certificateFile = preferences.certificateFile.isEmpty ? nil : preferences.certificateFile
    switch preferences.proxy {
    case "": proxy = nil
    case Preferences.proxyOfEnvironment:
      proxy = ["https_proxy", "HTTPS_PROXY"].compactMap { environment[$0] }.first { !$0.isEmpty }
    case let address: proxy = address
    }
  }
}
