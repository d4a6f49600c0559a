/// Reads a command line against the table of commands.
///
/// Global options may stand before or after the command's name; a value follows its option as the
/// next word or after `=`; `--` ends the options.
struct ArgumentParser {
  private let commands: [Command]
  private var invocation = Invocation()
  private var command: Command?

  init(commands: [Command]) { self.commands = commands }

  /// `arguments` without the program's name.
  static func parse(_ arguments: [String], commands: [Command]) throws(UsageError) -> Invocation {
    var parser = ArgumentParser(commands: commands)
    return try parser.run(arguments[...])
  }

  private mutating func run(_ arguments: ArraySlice<String>) throws(UsageError) -> Invocation {
    var rest = arguments
    while let word = rest.popFirst() {
      if word == "--" {
        for operand in rest { try take(operand) }
        break
      }
      if word.hasPrefix("--") {
        try option(word.dropFirst(2), &rest)
      } else if word == "-h" {
        invocation.values["help"] = [""]
      } else if word.hasPrefix("-"), word.count > 1, command?.takesDashes != true {
        throw failure("There is no option \(word).")
      } else {
        try take(word)
      }
    }
    return invocation
  }

  private mutating func take(_ word: String) throws(UsageError) {
    guard command == nil else {
      invocation.operands.append(word)
      return
    }
    guard let found = commands.first(where: { $0.name == word }) else {
      throw failure("There is no command \"\(word)\".")
    }
    command = found
    invocation.command = found.name
  }

  /// Without a command `--plain` lists the queue, and takes what `list` takes.
  private var commandOptions: [CommandOption] {
    if let command { return command.options }
    guard invocation.has("plain") else { return [] }
    return commands.first { $0.name == "list" }?.options ?? []
  }

  private mutating func option(_ text: Substring, _ rest: inout ArraySlice<String>)
    throws(UsageError)
  {
    let name = String(text.prefix { $0 != "=" })
    let attached = name.count < text.count ? String(text.dropFirst(name.count + 1)) : nil
    let known = CommandOption.global + commandOptions
    guard let option = known.first(where: { $0.name == name }) else {
      let owner = command.map { " for \($0.name)" } ?? ""
      throw failure("There is no option --\(name)\(owner).")
    }
    guard let valueName = option.value else {
      if attached != nil { throw failure("--\(name) takes no value.") }
      invocation.values[name] = [""]
      return
    }
    guard let value = attached ?? rest.popFirst() else {
      throw failure("--\(name) needs a value: \(valueName).")
    }
    guard option.choices.isEmpty || option.choices.contains(value) else {
      throw failure("--\(name) has to be one of \(option.choices.joined(separator: ", ")).")
    }
    invocation.values[name, default: []].append(value)
  }

  private func failure(_ sentence: String) -> UsageError {
    UsageError(sentence: sentence, command: command?.name)
  }
}
