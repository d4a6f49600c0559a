/// How a query is written, as text: one source for the help page, the manual and the documentation.
public enum QueryReference {
  /// A rule and an example of it.
  public struct Rule: Sendable {
    public var example: String
    public var meaning: String
  }

  public static let rules: [Rule] = [
    Rule(
      example: "printer floor",
      meaning: "words; each must begin a word of the subject, the requester's name or address, or "
        + "the company"),
    Rule(example: "\"second floor\"", meaning: "these words, one after the other"),
    Rule(example: "status:open agent:me", meaning: "all conditions must hold"),
    Rule(example: "status:open,pending", meaning: "one of these values (of tags: all of them)"),
    Rule(example: "-tag:vip, not tag:vip", meaning: "the condition after it must not hold"),
    Rule(
      example: "refund or delay",
      meaning: "one of the two must hold; or joins its neighbours before the rest is combined"),
    Rule(example: "(agent:me tag:vip) or priority:urgent", meaning: "brackets group conditions"),
    Rule(example: "company:\"Heliotech GmbH\"", meaning: "quotes for values with blanks"),
    Rule(example: "\"or\", \"a:b\"", meaning: "quotes make a plain word of anything"),
  ]

  public static let grammar = """
    query      = *( [ "sort:" order ] / term )
    term       = condition *( "or" condition )
    condition  = *( "not" / "-" ) ( field-test / word / phrase / "(" 1*term ")" )
    field-test = field ":" [ compare ] value *( "," value ) / field compare value
    compare    = "<" / "<=" / ">" / ">=" / "="
    value      = characters without blank or comma / quoted text
    phrase     = quoted text, in which "" stands for one quotation mark
    """

  /// The documentation's page; `make docs` writes it.
  public static var markdown: String {
    var lines = [
      "# Query language", "",
      "One language for `list --query`, for the query of a view (`\\`) and for `[[views]]` in the configuration file.",
      "This page is generated from the table that the parser uses (`make docs`).", "",
      "| write | means |", "|---|---|",
    ]
    lines += rules.map { "| `\($0.example)` | \($0.meaning) |" }
    lines += [
      "", "## Fields", "", "| field | also | values | finds a ticket that … |", "|---|---|---|---|",
    ]
    lines += QueryField.allCases.map { field in
      let aliases = field.aliases.map { "`\($0):`" }.joined(separator: " ")
      return "| `\(field.name):` | \(aliases) | \(field.values) | \(field.meaning) |"
    }
    lines += ["", "## Rules", ""]
    lines += remarks.map { "- \($0)" }
    lines += ["", "## Grammar", "", "```", grammar, "```", "", "## Examples", "", "```"]
    lines += examples.map(\.example).map { "ticket-console list --query '\($0)'" }
    lines += ["```", ""]
    return lines.joined(separator: "\n")
  }

  public static let remarks = [
    "Names match without regard to case and accents, by the beginning of any of their words.",
    "What is not understood is refused with what would be: nothing that looks like a field or an "
      + "operator is silently taken for a word. A name that nothing in the cache has is refused "
      + "with the nearest ones.",
    "A day begins at midnight of your own clock. `<7d` is less than seven days ago, `>7d` longer ago; "
      + "units are min, h, d and w. For `due:` they count ahead.",
    "A query reads the cache, which has what the last sync fetched.",
    "In a saved view, a requester, company, type or tag that nothing has yet is allowed and finds nothing.",
    "There are no wildcards in the middle of a word, and no fields of an account's own.",
  ]

  public static let examples = [
    Rule(example: "status:open agent:none created:<24h", meaning: "today's unassigned tickets"),
    Rule(
      example: "from:wendy.sutton@example.com status:unresolved",
      meaning: "what one customer waits for"),
    Rule(
      example: "company:heliotech (priority:urgent or tag:vip) -status:waiting",
      meaning: "what matters at one company"),
    Rule(example: "unanswered:yes updated:>2d sort:-updated", meaning: "the longest silences"),
  ]
}
