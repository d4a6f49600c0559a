import Helpdesk
import MailText

/// What an entry of a thread has to show to be a certain reply or note. It is made of what was put
/// on the wire; names of files are left out, because a helpdesk may change them.
struct SentWords: Equatable, Sendable {
  var kind: ConversationKind
  /// Normalised, because a helpdesk wraps and rewrites what it is given.
  var text: String
  /// The sizes of the files, in ascending order.
  var fileSizes: [Int64]

  /// Returns nil for a change of fields.
  init?(_ payload: WritePayload) {
    switch payload {
    case .reply(let reply): (kind, text) = (.reply, MailText.normalized(reply.html))
    case .privateNote(let note): (kind, text) = (.privateNote, MailText.normalized(note.html))
    case .update: return nil
    }
    fileSizes = payload.attachments.map(\.size).sorted()
  }

  func fit(_ entry: Conversation) -> Bool {
    entry.kind == kind && entry.attachments.map(\.size).sorted() == fileSizes
      && (MailText.normalized(entry.body.html) == text
        || MailText.normalized(entry.body.text) == text)
  }
}
