import ConsoleModel

/// The query language as the line commands explain it; all of it is in the manual and in
/// `Documentation/query-language.md`.
enum QueryHelp {
  static let summary = """
    A query is made of words and of conditions, all of which must hold: \(examples). \
    "or" joins its two neighbours, "not" or a dash negates, brackets group. \
    The fields are \(QueryField.allCases.map(\.name).joined(separator: ", ")).
    """

  private static let examples =
    [QueryField.status, .priority, .agent, .requester, .created, .tag, .unanswered]
    .map(\.example).joined(separator: " ")
}
