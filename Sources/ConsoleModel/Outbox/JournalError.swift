import SQLite

/// Why the journal did not do what it was asked. `explanation` is a sentence for people.
public enum JournalError: Error, Equatable, Sendable {
  /// The file is damaged. It is kept as it is and never rebuilt by itself.
  case damaged(path: String)
  /// The folder or file cannot be made or opened.
  case unavailable(path: String)
  case storage(SQLiteError)
  case noSuchWrite(WriteID)
  /// The table of states has no such move now.
  case refused(WriteMachine.Refusal)
  /// What was confirmed is not what is stored now; nothing was confirmed.
  case changedSinceShown
  /// A change of fields that changes nothing, or words without a word in them.
  case empty
  /// A file that is to go along cannot be read.
  case unreadableFile(name: String)
  /// A file that is to go along is not what it was when it was attached.
  case changedFile(name: String)
  /// The draft that this was made of is gone: another window or command has sent or discarded it.
  case draftGone
  /// A record in the journal cannot be read by this version.
  case unreadableRecord
  case audit(AuditError)
  /// There is no journal, or an empty one, although the audit log has records of one.
  case gone(path: String)
  /// A second copy of the item was made already; that one is the one to look at.
  case sentAgain(WriteID, as: WriteID)

  /// What failed, what was kept, what to do next.
  public var explanation: String {
    switch self {
    case .damaged(let path):
      "The journal \(path) is damaged. It was left as it is, with your unsent words in it; "
        + "restore it from a backup, or move it away to begin a new one."
    case .unavailable(let path):
      "The journal \(path) cannot be opened. Nothing was changed; check the folder's rights."
    case .storage(let error):
      "The journal could not be used: \(error.explanation). What it holds is kept"
        + (error.isDiskFull || error.isDiskFailure
          ? "; free the disk, then look at the outbox."
          : error.isBusy
            ? "; try again in a moment."
            : error.isReadOnly ? "; check the rights of the file and its folder." : ".")
    case .noSuchWrite(let id): "There is no item \(id) in the outbox."
    case .refused(let refusal): refusal.explanation
    case .changedSinceShown:
      "The text has changed since it was shown. Nothing was confirmed; read it again and confirm."
    case .empty: "There is nothing to send. Write something or pick a value first."
    case .unreadableFile(let name):
      "The file \(name) cannot be read. Nothing was queued; attach it again or remove it."
    case .changedFile(let name):
      "The file \(name) has changed since it was attached. Nothing was queued; remove it, attach it "
        + "again and read the review."
    case .draftGone:
      "The draft was sent or discarded in another window or by a command. Nothing was queued and the "
        + "words are kept; look at the thread before you send them."
    case .unreadableRecord:
      "An item of the journal cannot be read by this version. It was kept; use the newer version."
    case .audit(let error): error.explanation
    case .gone(let path):
      "The journal \(path) is empty or missing, but the audit log next to it has records. Nothing was "
        + "made in its place; restore the journal from a backup, or move audit.log away to begin "
        + "a new one."
    case .sentAgain(let id, let copy):
      "Item \(id) was sent again as item \(copy). Nothing was queued; look at item \(copy)."
    }
  }
}

extension WriteMachine.Refusal {
  /// One sentence for people.
  public var explanation: String {
    switch self {
    case .noSuchMove(let from, let event):
      switch (from, event) {
      case (.sending, _): "It is on its way and cannot be changed any more."
      case (.sent, _): "It has been sent already."
      case (.undone, _), (.rejected, _): "It was taken back already."
      case (.unknown, .edited), (.unknown, .takenBack), (.unknown, .discarded):
        "Its outcome is unknown; look again, send it again, or give it up."
      default: "An item that is \(from.rawValue) takes no \(event.rawValue)."
      }
    case .missing(let fact):
      switch fact {
      case .digestMatches: "It is not exactly what was confirmed; confirm it again."
      case .holdIsOver: "It is still held."
      case .isSender: "Another process sends for this account."
      case .mayWrite: "Sending is switched off."
      case .isRightAccount: "It belongs to another account."
      case .isItsTurn: "Another item of the ticket goes first."
      case .mayReturn: "It was tried too often; look at the reason and retry it by hand."
      case .isRepeatable: "It is never repeated by itself, because it could arrive twice."
      }
    }
  }
}
