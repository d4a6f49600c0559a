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
    var isBcc = false
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" }) {
      if word.lowercased() == "bcc:" || word.lowercased() == "cc:" {
        isBcc = word.lowercased() == "bcc:"
        continue
      }
      guard MailAddress.isPlausible(String(word)) else {
        guard case .line(var line)? = dialogs.last else { return [] }
        line.problem = "\(word.prefix(40)) is no address"
        dialogs[dialogs.count - 1] = .line(line)
        return []
      }
      let known = (cc + bcc).contains { $0.lowercased() == word.lowercased() }
      if known { continue }
      if isBcc { bcc.append(String(word)) } else { cc.append(String(word)) }
    }
    closeDialog()
    guard composer?.kind.isPublic == true else { return [] }
    composer?.ccEmails = cc
    composer?.bccEmails = bcc
    composer?.touch(now)
    say("Cc \(Digits.count(cc.count, "address", "addresses")), Bcc \(bcc.count)")
    return saveComposer()
  }
}
