/// Takes values out of a TOML file and says with line and column what does not fit.
struct TOMLReader {
  let path: String

  func problem(_ value: TOMLValue, _ problem: String) -> ConfigurationError {
    .invalid(path: path, line: value.line, column: value.column, problem: problem)
  }

  /// The key is none that this place knows.
  func unknown(_ entry: TOMLValue.Entry, known: [String] = []) -> ConfigurationError {
    let list = known.isEmpty ? "" : " (known here: \(known.joined(separator: ", ")))"
    return problem(entry.value, "unknown key \(TOMLWriter.quoted(entry.key))\(list)")
  }

  func table(_ value: TOMLValue) throws(ConfigurationError) -> [TOMLValue.Entry] {
    guard case .table(let entries) = value.content else {
      throw problem(value, "expected a table, found \(value.kindName)")
    }
    return entries
  }

  func array(_ entry: TOMLValue.Entry) throws(ConfigurationError) -> [TOMLValue] {
    guard case .array(let values) = entry.value.content else { throw wrong(entry, "a list") }
    return values
  }

  func string(_ entry: TOMLValue.Entry) throws(ConfigurationError) -> String {
    guard case .string(let text) = entry.value.content else { throw wrong(entry, "a text") }
    return text
  }

  func flag(_ entry: TOMLValue.Entry) throws(ConfigurationError) -> Bool {
    guard case .flag(let flag) = entry.value.content else { throw wrong(entry, "true or false") }
    return flag
  }

  func integer(_ entry: TOMLValue.Entry, in range: ClosedRange<Int>)
    throws(ConfigurationError) -> Int
  {
    guard case .integer(let number) = entry.value.content else {
      throw wrong(entry, "a whole number")
    }
    guard range.contains(Int(number)) else {
      throw problem(
        entry.value,
        "\(entry.key) has to be between \(range.lowerBound) and \(range.upperBound)")
    }
    return Int(number)
  }

  func choice(_ entry: TOMLValue.Entry, of choices: [String]) throws(ConfigurationError) -> String {
    let text = try string(entry)
    guard choices.contains(text) else {
      throw problem(
        entry.value, "\(entry.key) has to be one of \(choices.joined(separator: ", "))")
    }
    return text
  }

  private func wrong(_ entry: TOMLValue.Entry, _ expected: String) -> ConfigurationError {
    problem(entry.value, "\(entry.key) has to be \(expected), found \(entry.value.kindName)")
  }
}
