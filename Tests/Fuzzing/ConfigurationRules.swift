@testable import ConsoleModel

/// The settings file and the list of accounts.
enum ConfigurationRules {
  static func check(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    do throws(ConfigurationError) {
      let entries = try TOMLDocument.parse(text, path: "config.toml")
      let printed = ConfigurationText.text(of: entries)
      let again: [TOMLValue.Entry]
      do {
        again = try TOMLDocument.parse(printed, path: "printed")
      } catch {
        fatalError("broken rule: what is printed can be read. \(printed.shown): \(error)")
      }
      require(
        ConfigurationText.text(of: again) == printed, "reading and printing is stable",
        printed.shown)
    } catch {
      checkSentence(error)
    }
    do throws(ConfigurationError) {
      let preferences = try PreferencesFile.read(text, path: "config.toml")
      require((0...600).contains(preferences.holdSeconds), "settings keep to their ranges")
      require((0...86_400).contains(preferences.syncSeconds), "settings keep to their ranges")
    } catch {
      checkSentence(error)
    }
    do throws(ConfigurationError) {
      let accounts = try AccountRegistry.read(text, path: "accounts.toml")
      require(accounts.allSatisfy { Account.isValid(name: $0.name) }, "names can be folders")
      let again = try AccountRegistry.read(AccountRegistry.text(of: accounts), path: "again")
      require(again == accounts, "accounts are read back as they were written")
    } catch {
      checkSentence(error)
    }
  }

  private static func checkSentence(_ error: ConfigurationError) {
    require(error.sentence.isPlainLine, "an error is one plain line", error.sentence.shown)
  }
}

/// Writes a document that was read as TOML again, to compare two readings.
enum ConfigurationText {
  static func text(of entries: [TOMLValue.Entry]) -> String {
    entries.map { "\(TOMLWriter.quoted($0.key)) = \(text(of: $0.value))\n" }.joined()
  }

  private static func text(of value: TOMLValue) -> String {
    switch value.content {
    case .string(let text): return TOMLWriter.quoted(text)
    case .integer(let number): return String(number)
    case .number(let number):
      if number.isNaN { return "nan" }
      if number.isInfinite { return number < 0 ? "-inf" : "inf" }
      let digits = "\(number)"
      return digits
    case .flag(let flag): return flag ? "true" : "false"
    case .moment(let text): return text
    case .array(let values): return "[" + values.map(text).joined(separator: ", ") + "]"
    case .table(let entries):
      let pairs = entries.map { "\(TOMLWriter.quoted($0.key)) = \(text(of: $0.value))" }
      return "{" + pairs.joined(separator: ", ") + "}"
    }
  }
}
