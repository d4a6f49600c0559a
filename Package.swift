// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A library target with the project's settings.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swift)
}

/// The tests of one target, which all lean on `ConsoleTestSupport`.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["ConsoleTestSupport"], exclude: exclude,
    swiftSettings: swift)
}

/// A C library of the system, found by its module map.
func system(_ name: String, apt package: String) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", providers: [.apt([package])])
}

let package = Package(
  name: "ticket-console",
  products: [.executable(name: "ticket-console", targets: ["TicketConsole"])],
  targets: [
    // C libraries: a module map and one shim header each.
    system("CNcurses", apt: "libncurses-dev"),
    system("CSQLite", apt: "libsqlite3-dev"),
    system("CCurl", apt: "libcurl4-openssl-dev"),
    system("CGumbo", apt: "libgumbo-dev"),
    system("CMicrohttpd", apt: "libmicrohttpd-dev"),
    .target(name: "CTomlPlusPlus"),

    // Foundations: no ticket is known here.
    room("SQLite", ["CSQLite"]),
    room("HTTPClient", ["CCurl"]),
    room("HTTPServer", ["CMicrohttpd"]),
    room("MailText", ["CGumbo"]),
    room("Terminal"),

    // The words of the trade, and the vendor behind them.
    room("Helpdesk"),
    room("Freshdesk", ["Helpdesk", "HTTPClient"]),

    // The model layer and the screens on top of it.
    room("ConsoleModel", ["Helpdesk", "SQLite", "MailText", "CTomlPlusPlus"]),
    room("ConsoleUI", ["ConsoleModel", "Helpdesk", "Terminal", "MailText"]),

    // A local helpdesk that answers like the vendor, with faults to order.
    room("HelpdeskSandbox", ["SQLite", "HTTPServer"]),

    .executableTarget(
      name: "TicketConsole",
      dependencies: [
        "ConsoleModel", "ConsoleUI", "Freshdesk", "Helpdesk", "HelpdeskSandbox", "HTTPClient",
        "HTTPServer", "MailText", "SQLite", "Terminal", "CNcurses",
      ],
      swiftSettings: swift),

    .target(
      name: "ConsoleTestSupport", dependencies: ["ConsoleModel", "Helpdesk", "Terminal"],
      path: "Tests/ConsoleTestSupport", swiftSettings: swift),
    // A file system for SQLite that forgets what was not synced when the power goes.
    .target(
      name: "CPowerLoss", path: "Tests/CPowerLoss", linkerSettings: [.linkedLibrary("sqlite3")]),
    tests("SQLite", ["SQLite"]),
    tests("HTTPClient", ["HTTPClient", "HTTPServer"]),
    tests("HTTPServer", ["HTTPServer"]),
    tests("MailText", ["MailText"]),
    tests("Terminal", ["Terminal", "TicketConsole"]),
    tests("Helpdesk", ["Helpdesk"]),
    tests("Freshdesk", ["Freshdesk", "Helpdesk", "HTTPClient", "HelpdeskSandbox"]),
    tests(
      "ConsoleModel",
      [
        "ConsoleModel", "Helpdesk", "SQLite", "MailText", "Freshdesk", "HelpdeskSandbox",
        "HTTPClient", "CPowerLoss",
      ]),
    tests(
      "ConsoleUI", ["ConsoleUI", "ConsoleModel", "Helpdesk", "Terminal", "MailText"],
      exclude: ["Snapshots"]),
    tests("HelpdeskSandbox", ["HelpdeskSandbox", "HTTPServer", "SQLite"]),
    tests(
      "TicketConsole",
      [
        "TicketConsole", "ConsoleModel", "ConsoleUI", "Freshdesk", "Helpdesk", "HelpdeskSandbox",
        "HTTPClient", "SQLite", "Terminal",
      ], exclude: ["CommandLine/Snapshots"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// `make fuzz` asks for one more program; no other build knows of it.
if Context.environment["TICKET_CONSOLE_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "ConsoleModel", "Freshdesk", "Helpdesk", "HelpdeskSandbox", "HTTPClient", "HTTPServer",
        "MailText", "SQLite", "Terminal",
      ],
      path: "Tests/Fuzzing", exclude: ["Corpus", "Dictionaries"], swiftSettings: swift))
}
