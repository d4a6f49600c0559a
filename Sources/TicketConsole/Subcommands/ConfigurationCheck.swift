import ConsoleModel
import ConsoleUI
import FoundationEssentials

/// What is wrong with a configuration that could be read: the one check behind `config check`,
/// `doctor` and the start of the console.
struct ConfigurationCheck {
  let preferences: Preferences
  /// For the sentences.
  let path: String

  /// Each is one sentence that begins with the place, without a full stop.
  var problems: [String] {
    var found: [String] = []
    do throws(Problem) { _ = try keys() } catch { found.append(error.sentence) }
    return found + views + network
  }

  /// Proxy and certificates: what cannot work says so before a connection fails.
  private var network: [String] {
    var found: [String] = []
    let proxy = preferences.proxy
    let isAddress = proxy.hasPrefix("http://") || proxy.hasPrefix("https://")
    if !proxy.isEmpty, proxy != Preferences.proxyOfEnvironment, !isAddress {
      found.append("\(path): proxy has to be like http://proxy.example:3128, or \"environment\"")
    }
    let file = preferences.certificateFile
    if !file.isEmpty, !FileManager.default.isReadableFile(atPath: file) {
      found.append("\(path): ca_file \"\(file)\" cannot be read")
    }
    return found
  }

  struct Problem: Error {
    var sentence: String
  }

  /// The keys in force: the preset with the user's own.
  func keys() throws(Problem) -> KeyTable {
    guard let preset = KeyPreset(rawValue: preferences.keyPreset) else {
      let known = KeyPreset.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(
        sentence: "\(path): there is no key map \"\(preferences.keyPreset)\"; there are \(known)")
    }
    do throws(KeyProblem) {
      return try KeyTable(
        preset: preset,
        own: preferences.keys.map { OwnKeys(action: $0.action, place: $0.place, keys: $0.keys) })
    } catch {
      let line = error.setting.map { ":\(preferences.keys[$0].line)" } ?? ""
      throw Problem(sentence: "\(path)\(line): \(error.sentence)")
    }
  }

  /// Names in a query are the account's and may come with the next sync; how it is written is not.
  private var views: [String] {
    var found: [String] = []
    var names = Set<String>()
    for view in preferences.views {
      if !names.insert(view.name.lowercased()).inserted {
        found.append("\(path): two views are called \"\(view.name)\"")
      }
      do throws(QueryError) {
        _ = try QueryLanguage(.anyNames).parse(view.query)
      } catch {
        let sentence =
          error.sentence.hasSuffix(".") ? error.sentence.dropLast() : error.sentence[...]
        found.append("\(path): view \"\(view.name)\": \(sentence)")
      }
    }
    return found
  }
}
