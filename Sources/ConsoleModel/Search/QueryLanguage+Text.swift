import Helpdesk

extension QueryLanguage {
  /// A query in its own language: what `parse` reads back as the same query.
  public func text(_ query: QueueQuery) -> String {
    var parts: [String] = []
    if !query.statuses.isEmpty {
      let values = query.statuses.sorted { $0.rawValue < $1.rawValue }
      parts.append("status:" + values.map(word).joined(separator: ","))
    }
    if let agent = assignee(query.agent, mine: "me", name: agentWord) {
      parts.append("agent:" + agent)
    }
    if let group = assignee(query.group, mine: "mine", name: groupWord) {
      parts.append("group:" + group)
    }
    if !query.priorities.isEmpty {
      parts.append(
        "priority:" + query.priorities.sorted().map { $0.label.lowercased() }.joined(separator: ",")
      )
    }
    if !query.types.isEmpty {
      parts.append("type:" + query.types.sorted().map(Self.quoted).joined(separator: ","))
    }
    if !query.tags.isEmpty {
      parts.append("tag:" + query.tags.sorted().map(Self.quoted).joined(separator: ","))
    }
    if let requester = query.requesterID { parts.append("requester:\(requester)") }
    if let company = query.companyID { parts.append("company:\(company)") }
    if let isOverdue = query.isOverdue { parts.append("overdue:" + (isOverdue ? "yes" : "no")) }
    if let needsAnswer = query.needsAnswer { parts.append("new:" + (needsAnswer ? "yes" : "no")) }
    if query.sort != QueueSort(.due) {
      let isTurned = query.sort.isDescending != query.sort.key.isNaturallyDescending
      parts.append("sort:" + (isTurned ? "-" : "") + query.sort.key.label.lowercased())
    }
    if !query.text.isEmpty {
      parts += Self.words(of: query.text).map(Self.quotedWord)
    }
    return parts.joined(separator: " ")
  }

  private func assignee<Entity>(
    _ filter: AssigneeFilter<Entity>, mine: String, name: (Int64) -> String
  ) -> String? {
    switch filter {
    case .any: nil
    case .unassigned: "none"
    case .mine: mine
    case .only(let ids): ids.sorted().map { name($0.rawValue) }.joined(separator: ",")
    }
  }

  private func word(_ status: TicketStatus) -> String {
    let label = vocabulary.statuses.first { $0.id == Int64(status.rawValue) }?.name
    return Self.quoted(label?.lowercased() ?? String(status.rawValue))
  }

  private func agentWord(_ id: Int64) -> String { Self.name(id, in: vocabulary.agents) }
  private func groupWord(_ id: Int64) -> String { Self.name(id, in: vocabulary.groups) }

  private static func name(_ id: Int64, in names: [QueryVocabulary.Name]) -> String {
    guard let name = names.first(where: { $0.id == id })?.name,
      names.count(where: { $0.name.lowercased() == name.lowercased() }) == 1,
      !["me", "mine", "none", "any", "nobody", "unassigned"].contains(name.lowercased())
    else { return String(id) }
    return quoted(name)
  }

  private static func quoted(_ value: String) -> String {
    let isPlain = !value.unicodeScalars.contains {
      $0.properties.isWhitespace || $0 == "," || $0 == "\""
    }
    return isPlain ? value : inQuotes(value)
  }

  /// A word that would be read as a field stands in quotes.
  private static func quotedWord(_ word: String) -> String {
    let isPlain = !word.unicodeScalars.contains { ":<>=\"".unicodeScalars.contains($0) }
    return isPlain ? word : inQuotes(word)
  }

  private static func inQuotes(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    result.append("\"")
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result.append(scalar) }
      result.append(scalar)
    }
    result.append("\"")
    return String(result)
  }
}
