/// A misbehaviour to order, for the calls that match it.
struct Fault {
  enum Action: Equatable, Sendable {
    case delay(seconds: Double)
    case status(code: Int, retryAfter: Int64?, answer: Answer)
    case dropBefore
    case dropAfter
    case truncate
    case garbage
    case drip(bytesPerSecond: Int)
    case hang
  }

  /// What a refusal carries along.
  struct Answer: Equatable, Sendable {
    /// An object as JSON, a text as it is; nil for the sandbox's own words.
    var body: JSONValue?
    /// Where a redirect points.
    var location: String?
  }

  /// When the call takes effect, if at all.
  enum Apply: String, Sendable {
    /// At once, before the fault acts.
    case before
    /// After the fault has acted (a delay only).
    case after
    case never
  }

  /// nil matches every method.
  var method: String?
  /// Matches the whole path below `/api/v2`, such as `/tickets/.*/reply`.
  var pattern: String
  var path: Regex<AnyRegexOutput>
  var action: Action
  var apply: Apply
  /// How often it still acts; nil for ever.
  var times: Int?
  /// How many matching calls still pass before it acts.
  var after: Int
  /// As ordered, for the list of faults.
  var order: JSONObject

  /// Reads an order; the error is a sentence for whoever gave it.
  static func read(_ order: JSONObject) -> Result<Fault, FaultOrderError> {
    let known: Set = [
      "method", "path", "action", "times", "after", "seconds", "code", "retry_after",
      "bytes_per_second", "apply", "body", "location",
    ]
    if let stranger = order.keys.first(where: { !known.contains($0) }) {
      return .failure(.init("A fault has no key \"\(stranger)\"."))
    }
    let pattern = order["path"]?.string ?? ".*"
    guard let path = try? Regex(pattern) else {
      return .failure(.init("\"path\" is not a regular expression."))
    }
    let name = order["action"]?.string ?? ""
    let (action, standard): (Action, Apply)
    switch name {
    case "delay": (action, standard) = (.delay(seconds: order["seconds"]?.number ?? 1), .before)
    case "status":
      guard let code = order["code"]?.integer, (300...599).contains(code) else {
        return .failure(.init("\"status\" needs a \"code\" from 300 to 599."))
      }
      let answer = Answer(body: order["body"], location: order["location"]?.string)
      (action, standard) = (
        .status(code: Int(code), retryAfter: order["retry_after"]?.integer, answer: answer), .never
      )
    case "drop_before": (action, standard) = (.dropBefore, .never)
    case "drop_after": (action, standard) = (.dropAfter, .before)
    case "truncate": (action, standard) = (.truncate, .before)
    case "garbage": (action, standard) = (.garbage, .before)
    case "drip":
      let rate = order["bytes_per_second"]?.integer ?? 100
      (action, standard) = (.drip(bytesPerSecond: Int(clamping: max(rate, 1))), .before)
    case "hang": (action, standard) = (.hang, .never)
    default: return .failure(.init("There is no fault \"\(name)\"."))
    }
    var apply = standard
    if let wish = order["apply"]?.string {
      guard let known = Apply(rawValue: wish), known != .after || name == "delay" else {
        return .failure(.init("\"apply\" is before, never, or for a delay after."))
      }
      apply = known
    }
    return .success(
      Fault(
        method: order["method"]?.string, pattern: pattern, path: path, action: action,
        apply: apply, times: order["times"]?.integer.map { Int(clamping: $0) },
        after: Int(clamping: order["after"]?.integer ?? 0), order: order))
  }

  /// The word of the contract.
  var name: String { order["action"]?.string ?? "" }
}

/// Why a fault cannot be had.
struct FaultOrderError: Error, Equatable {
  var sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// The faults on order, oldest first; the first that matches acts.
struct FaultPlan {
  private(set) var faults: [Fault] = []

  mutating func add(_ fault: Fault) { faults.append(fault) }

  mutating func clear() { faults = [] }

  /// The fault that acts on this call; counts it.
  mutating func take(method: String, path: String) -> Fault? {
    for index in faults.indices {
      let fault = faults[index]
      guard fault.times != 0, fault.method.map({ $0 == method }) ?? true,
        (try? fault.path.wholeMatch(in: path)) != nil
      else { continue }
      if fault.after > 0 {
        faults[index].after -= 1
        continue
      }
      if let times = fault.times { faults[index].times = times - 1 }
      return fault
    }
    return nil
  }
}
