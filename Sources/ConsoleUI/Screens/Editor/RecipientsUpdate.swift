import Helpdesk
import Terminal

/// Cc and Bcc of a reply, in one line over the editor.
extension ConsoleState {
  mutating func openRecipients() -> [Effect] {
    guard let composer else { return [] }
    guard composer.kind.isPublic else {
      say("a private note has no recipients")
      return []
    }
    var text = composer.ccEmails.joined(separator: " ")
    if !composer.bccEmails.isEmpty {
      text += (text.isEmpty ? "" : " ") + "bcc: " + composer.bccEmails.joined(separator: " ")
    }
    return open(.line(LinePrompt(.recipients, text: text)))
  }

  /// Takes the line; a word that is no address keeps it open and changes nothing.
  mutating func takeRecipients(_ text: String) -> [Effect] {
    var (cc, bcc): ([String], [String]) = ([], [])
    var known: Set<String> = []
    do throws(EmailAddress.Problem) {
      for (isBcc, part) in Self.parts(of: text) {
        for mailbox in try EmailAddress.list(part) where known.insert(mailbox.key).inserted {
          if isBcc { bcc.append(mailbox.address) } else { cc.append(mailbox.address) }
        }
      }
    } catch {
      guard case .line(var line)? = dialogs.last else { return [] }
      line.problem = "\(error.text.prefix(40)) is no address"
      dialogs[dialogs.count - 1] = .line(line)
      return []
    }
    closeDialog()
    guard composer?.kind.isPublic == true else { return [] }
    composer?.ccEmails = cc
    composer?.bccEmails = bcc
    composer?.touch(now)
    say("Cc \(Digits.count(cc.count, "address", "addresses")), Bcc \(bcc.count)")
    return saveComposer()
  }

  /// The line cut at "cc:" and "bcc:".
  private static func parts(of text: String) -> [(isBcc: Bool, text: String)] {
    var parts: [(isBcc: Bool, text: String)] = [(false, "")]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      switch word.lowercased() {
      case "cc:": parts.append((false, ""))
      case "bcc:": parts.append((true, ""))
      default: parts[parts.count - 1].text += " " + word
      }
    }
    return parts
  }
}
