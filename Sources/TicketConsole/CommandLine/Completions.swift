/// Makes shell completions from the table of commands.
enum Completions {
  static let shells = ["bash", "zsh", "fish"]

  /// Nil for a shell that is not known.
  static func script(for shell: String, commands: [Command]) -> String? {
    let shown = commands.filter { !$0.isHidden }
    switch shell {
    case "bash": return bash(shown)
    case "zsh": return zsh(shown)
    case "fish": return fish(shown)
    default: return nil
    }
  }

  private static func bash(_ commands: [Command]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    var text = """
      # bash completion for ticket-console
      _ticket_console() {
        local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= i
        for ((i = 1; i < COMP_CWORD; i++)); do
          case ${COMP_WORDS[i]} in
            \(commands.map(\.name).joined(separator: "|"))) command=${COMP_WORDS[i]}; break ;;
          esac
        done
        case $previous in

      """
    for option in distinctOptions(commands) where !option.choices.isEmpty {
      text +=
        "    --\(option.name)) COMPREPLY=($(compgen -W "
        + "'\(option.choices.joined(separator: " "))' -- \"$word\")); return ;;\n"
    }
    let files = distinctOptions(commands).filter(takesFile).map { "--\($0.name)" }
    text +=
      "    \(files.joined(separator: "|"))) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
    text += "  esac\n  case $command in\n"
    for command in commands {
      let words = command.operandWords + options(of: command).map { "--\($0.name)" }
      text +=
        "    \(command.name)) COMPREPLY=($(compgen -W "
        + "'\(words.joined(separator: " "))' -- \"$word\")) ;;\n"
    }
    let globals = CommandOption.global.map { "--\($0.name)" }.joined(separator: " ")
    text += "    *) COMPREPLY=($(compgen -W '\(names) \(globals)' -- \"$word\")) ;;\n"
    return text + "  esac\n}\ncomplete -F _ticket_console ticket-console\n"
  }

  private static func zsh(_ commands: [Command]) -> String {
    var text = "#compdef ticket-console\n\n_ticket_console() {\n  local context state line\n"
    text += "  _arguments -C \\\n"
    for option in CommandOption.global { text += "    \(zshOption(option)) \\\n" }
    text += "    '1:command:->command' '*::argument:->argument'\n  case $state in\n"
    text += "    command)\n      local -a commands=(\n"
    for command in commands {
      text += "        '\(command.name):\(zshEscaped(command.summary))'\n"
    }
    text += "      )\n      _describe command commands ;;\n    argument)\n      case $words[1] in\n"
    for command in commands {
      let options = options(of: command).map(zshOption).joined(separator: " ")
      let words =
        command.operandWords.isEmpty
        ? "'*:argument:'" : "'1:word:(\(command.operandWords.joined(separator: " ")))'"
      text += "        \(command.name)) _arguments \(options) \(words) ;;\n"
    }
    return text + "      esac ;;\n  esac\n}\n\n_ticket_console \"$@\"\n"
  }

  private static func zshOption(_ option: CommandOption) -> String {
    var text = "'--\(option.name)[\(zshEscaped(option.help))]"
    if let value = option.value {
      let action =
        option.choices.isEmpty
        ? (takesFile(option) ? "_files" : "") : "(\(option.choices.joined(separator: " ")))"
      text += ":\(value):\(action)"
    }
    return text + "'"
  }

  private static func zshEscaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "'": "'\\''"
      case "[", "]", ":": "\\\(character)"
      default: String(character)
      }
    }.joined()
  }

  private static func fish(_ commands: [Command]) -> String {
    var text = "# fish completion for ticket-console\ncomplete -c ticket-console -f\n"
    for option in CommandOption.global { text += fishOption(option, condition: "") }
    for command in commands {
      text +=
        "complete -c ticket-console -n __fish_use_subcommand -a \(command.name) "
        + "-d '\(fishEscaped(command.summary))'\n"
      let condition = " -n '__fish_seen_subcommand_from \(command.name)'"
      for word in command.operandWords {
        text += "complete -c ticket-console\(condition) -a \(word)\n"
      }
      for option in command.options { text += fishOption(option, condition: condition) }
    }
    return text
  }

  private static func fishOption(_ option: CommandOption, condition: String) -> String {
    var text = "complete -c ticket-console\(condition) -l \(option.name)"
    if option.value != nil { text += takesFile(option) ? " -r -F" : " -x" }
    if !option.choices.isEmpty { text += " -a '\(option.choices.joined(separator: " "))'" }
    return text + " -d '\(fishEscaped(option.help))'\n"
  }

  private static func fishEscaped(_ text: String) -> String {
    text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
  }

  private static func options(of command: Command) -> [CommandOption] {
    command.options + CommandOption.global
  }

  private static func takesFile(_ option: CommandOption) -> Bool {
    option.value == "FILE" || option.value == "DIR"
  }

  private static func distinctOptions(_ commands: [Command]) -> [CommandOption] {
    var seen: Set<String> = []
    return (CommandOption.global + commands.flatMap(\.options)).filter {
      seen.insert($0.name).inserted
    }
  }
}
