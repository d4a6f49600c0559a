import Helpdesk

extension TicketField {
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer, let name = payload["name"]?.string else { return nil }
    self.init(
      id: id, name: name, label: payload["label"]?.string ?? name,
      type: payload["type"]?.string ?? "",
      isRequiredForClosure: payload["required_for_closure"]?.flag ?? false,
      choices: payload["choices"].map(Choice.list(payload:)) ?? [])
  }
}

extension TicketField.Choice {
  /// Reads the five shapes that Freshdesk serves: a list of texts; label to id (source, priority,
  /// group, agent); id to labels for agents and customers (status); nested maps, of which the first
  /// level can be chosen in this field; a list of objects (admin API).
  static func list(payload: JSONValue) -> [TicketField.Choice] {
    if payload.kind == .array {
      return payload.elements.compactMap { element in
        guard let value = element["value"]?.string ?? element.string else { return nil }
        return Self(value: value, label: element["label"]?.string ?? value)
      }
    }
    return payload.members.map { key, value in
      switch value.kind {
      case .number, .string, .escaped: Self(value: value.string ?? key, label: key)
      case .array where Int64(key) != nil:
        Self(value: key, label: value.elements.first?.string ?? key)
      case .array, .object, .yes, .no, .null: Self(value: key, label: key)
      }
    }
  }
}

extension CannedResponse {
  init?(payload: JSONValue, folder: String) {
    guard let id = payload["id"]?.integer else { return nil }
    let html = payload["content_html"]?.string
    let text = payload["content"]?.string
    self.init(
      id: id, title: payload["title"]?.string ?? "", folder: folder,
      text: text ?? html ?? "", html: html ?? text ?? "")
  }
}
