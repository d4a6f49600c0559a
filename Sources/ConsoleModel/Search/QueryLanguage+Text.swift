import Helpdesk

extension QueryLanguage {
  /// A query in its own language: what `parse` reads back as the same query.
  public func text(_ query: QueueQuery) -> String {
    var parts: [String] = []
    if !query.statuses.isEmpty { parts.append(text(.statuses(query.statuses))) }
    if query.agent != .any { parts.append(text(.agent(query.agent))) }
    if query.group != .any { parts.append(text(.group(query.group))) }
    if !query.priorities.isEmpty { parts.append(text(.priorities(query.priorities))) }
    if !query.types.isEmpty { parts.append(text(.types(query.types))) }
    if !query.tags.isEmpty { parts.append(text(.tags(query.tags))) }
    if let requester = query.requesterID {
      parts.append(text(.requester(.number(requester.rawValue))))
    }
    if let company = query.companyID { parts.append(text(.company(.number(company.rawValue)))) }
    if let isOverdue = query.isOverdue { parts.append(text(.isOverdue(isOverdue))) }
    if let needsAnswer = query.needsAnswer { parts.append(text(.isUnread(needsAnswer))) }
    parts += query.conditions.map(text)
    if query.sort != QueueSort(.due) {
      let isTurned = query.sort.isDescending != query.sort.key.isNaturallyDescending
      parts.append("sort:" + (isTurned ? "-" : "") + query.sort.key.label.lowercased())
    }
    if !query.text.isEmpty { parts += Self.words(of: query.text).map(Self.quotedWord) }
    return parts.joined(separator: " ")
  }

  private func text(_ condition: QueueCondition) -> String {
    switch condition {
    case .statuses(let found):
      found.isEmpty
        ? "status:any"
        : "status:"
          + found.sorted { $0.rawValue < $1.rawValue }.map(word).joined(separator: ",")
    case .priorities(let found):
      "priority:" + found.sorted().map { $0.label.lowercased() }.joined(separator: ",")
    case .agent(let filter): "agent:" + assignee(filter, mine: "me", name: agentWord)
    case .group(let filter): "group:" + assignee(filter, mine: "mine", name: groupWord)
    case .types(let types): "type:" + types.sorted().map(Self.quoted).joined(separator: ",")
    case .tags(let tags): "tag:" + tags.sorted().map(Self.quoted).joined(separator: ",")
    case .sources(let sources):
      "source:"
        + sources.map(\.rawValue).sorted().map { number in
          QuerySource.numbers.first { $0.number == number }?.name ?? String(number)
        }.joined(separator: ",")
    case .numbers(let ids): "id:" + ids.sorted().map(\.description).joined(separator: ",")
    case .requester(let filter): "requester:" + Self.customer(filter)
    case .company(let filter): "company:" + Self.customer(filter)
    case .isOverdue(let flag): "overdue:" + (flag ? "yes" : "no")
    case .isUnread(let flag): "unread:" + (flag ? "yes" : "no")
    case .isUnanswered(let flag): "unanswered:" + (flag ? "yes" : "no")
    case .moment(let filter): "\(filter.field.rawValue):\(filter.text)"
    case .word(let word): Self.quotedWord(word)
    case .phrase(let text): Self.inQuotes(text)
    case .not(let inner): "not " + grouped(inner)
    case .either(let all): all.map(grouped).joined(separator: " or ")
    case .both(let all): all.map(grouped).joined(separator: " ")
    }
  }

  /// A condition that others may stand next to.
  private func grouped(_ condition: QueueCondition) -> String {
    switch condition {
    case .either, .both: "(" + text(condition) + ")"
    case .statuses, .priorities, .agent, .group, .types, .tags, .sources, .numbers, .requester,
      .company, .isOverdue, .isUnread, .isUnanswered, .moment, .word, .phrase, .not:
      text(condition)
    }
  }

  private static func customer(_ filter: CustomerFilter) -> String {
    switch filter {
    case .number(let number): String(number)
    case .named(let name): quoted(name)
    }
  }

  private func assignee<Entity>(
    _ filter: AssigneeFilter<Entity>, mine: String, name: (Int64) -> String
  ) -> String {
    switch filter {
    case .any: "any"
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

  static func quoted(_ value: String) -> String {
    let isPlain =
      !value.unicodeScalars.contains {
        $0.properties.isWhitespace || ",\"()".unicodeScalars.contains($0)
      } && !"<>=".unicodeScalars.contains(value.unicodeScalars.first ?? "x")
    return isPlain ? value : inQuotes(value)
  }

  /// A word that would be read as something else stands in quotes.
  private static func quotedWord(_ word: String) -> String {
    let isPlain =
      !word.unicodeScalars.contains { ":<>=\"()".unicodeScalars.contains($0) }
      && word.unicodeScalars.first != "-" && !["or", "and", "not"].contains(word.lowercased())
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
