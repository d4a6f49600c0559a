/// Phone numbers as they are typed and as they are found: by any part of their digits that is long
/// enough, because country codes and leading zeros come and go.
enum PhoneNumber {
  /// The fewest digits by which a number is found.
  static let fewestDigits = 5

  /// The digits of something typed that can only be a phone number, without leading zeros; nil for
  /// any other text.
  static func digits(typed: String) -> String? {
    var digits = ""
    for scalar in typed.unicodeScalars {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case "+", "-", "(", ")", "/", ".", " ", "\u{a0}": break
      default: return nil
      }
    }
    let found = String(digits.drop { $0 == "0" })
    return found.count >= fewestDigits ? found : nil
  }

  /// Every ending of a number's digits: a beginning of one of these is a part of the number.
  static func endings(_ phone: String) -> [String] {
    let digits = phone.unicodeScalars.filter { "0"..."9" ~= $0 }.prefix(20)
    guard digits.count >= fewestDigits else { return [] }
    return (0...(digits.count - fewestDigits)).map {
      String(String.UnicodeScalarView(digits.dropFirst($0)))
    }
  }
}
