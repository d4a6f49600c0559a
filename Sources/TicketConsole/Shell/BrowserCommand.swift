import Glibc

/// Which program opens web addresses here: `$BROWSER`, or `xdg-open` where there is a desktop.
struct BrowserCommand {
  private let browsers: [String]
  private let searchPath: [String]
  /// Why none can be used, in a sentence.
  let problem: String

  init(environment: [String: String]) {
    searchPath = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
      .map(String.init)
    let own = (environment["BROWSER"] ?? "").split(separator: ":").map(String.init)
    let hasDesktop = !(environment["DISPLAY"] ?? environment["WAYLAND_DISPLAY"] ?? "").isEmpty
    let isRemote = !(environment["SSH_CONNECTION"] ?? "").isEmpty
    if !own.isEmpty {
      browsers = own
      problem = "No program that BROWSER names is installed."
    } else if isRemote {
      browsers = []
      problem = "Over SSH no browser is opened; set BROWSER for one."
    } else if hasDesktop {
      browsers = ["xdg-open"]
      problem = "xdg-open is not installed; set BROWSER."
    } else {
      browsers = []
      problem = "There is no desktop here; set BROWSER for a browser."
    }
  }

  /// The words of the first command that is installed, with the address at `%s` or at the end; nil
  /// when none is.
  func arguments(for address: String) -> [String]? {
    for browser in browsers {
      var words = browser.split(separator: " ").map(String.init)
      guard let name = words.first, let path = installed(name) else { continue }
      words[0] = path
      if let place = words.firstIndex(where: { $0.contains("%s") }) {
        words[place] = address
      } else {
        words.append(address)
      }
      return words
    }
    return nil
  }

  private func installed(_ name: String) -> String? {
    let paths = name.contains("/") ? [name] : searchPath.map { "\($0)/\(name)" }
    return paths.first { access($0, X_OK) == 0 }
  }
}
