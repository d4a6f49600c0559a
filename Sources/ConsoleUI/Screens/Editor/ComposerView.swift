import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The editor: who reads it above, the words, the files below.
  func drawComposer(in rect: Rect, of frame: inout Frame) {
    guard let composer else { return }
    let isPublic = composer.kind.isPublic
    let area = ComposerLayout(rect: rect, isPublic: isPublic)
    if layout.thread != nil, rect.y > 0 {
      let saved = composer.savedAt.map { " (draft saved \(time.preciseClock($0)))" } ?? ""
      frame.put(
        " COMPOSE\(saved) ", at: Point(x: rect.x + 2, y: rect.y - 1), role: .borderActive,
        width: max(0, rect.width - 2))
    }
    let head: String
    if isPublic {
      let cc =
        composer.ccEmails.isEmpty ? "" : ", cc " + composer.ccEmails.joined(separator: " ")
      let bcc =
        composer.bccEmails.isEmpty ? "" : ", bcc " + composer.bccEmails.joined(separator: " ")
      head = "PUBLIC reply to \(composer.requesterName)\(cc)\(bcc)"
    } else {
      head = "PRIVATE NOTE - not visible to customer"
    }
    let keysText =
      rect.width >= 90
      ? [(CommandID.editorCanned, "canned"), (.editorExternal, "$EDITOR")]
        .compactMap { id, words in keys.shownKey(id, in: .editor).map { "\($0) \(words)" } }
        .joined(separator: "   ") : ""
    let headWidth = max(0, area.head.width - (keysText.isEmpty ? 0 : keysText.count + 2))
    frame.put(
      DisplayText.truncate(" " + head, to: headWidth, ellipsis: ".."), at: area.head.origin,
      role: isPublic ? .agentWords : .privateNote, width: headWidth)
    frame.putRight(keysText, at: area.head.origin, role: .dim, width: area.head.width)
    composer.editor.draw(
      in: area.text, of: &frame, role: isPublic ? .normal : .privateNote,
      isFocused: dialogs.isEmpty)
    if !isPublic {
      for row in area.text.rows {
        frame.put("#", at: Point(x: rect.x, y: row.y), role: .privateNoteBar)
      }
    }
    let files = composer.attachments
    guard !files.isEmpty, area.foot.height > 0 else { return }
    let names = files.map { "\($0.name) \(Digits.bytes($0.size))" }.joined(separator: ", ")
    frame.put(
      DisplayText.truncate(
        " [ \(Digits.count(files.count, "file")): \(names) ]", to: area.foot.width, ellipsis: ".."),
      at: area.foot.origin, role: .attachment, width: area.foot.width)
  }
}
