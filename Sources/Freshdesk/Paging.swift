import HTTPClient

/// Reads the `Link` header of a list. Only the page's number is taken from it: an address chosen by
/// an answer is never called.
enum Paging {
  /// The next page, or nil on the last one. Freshdesk prints the header with and without blanks and
  /// quotes; a full page without it is the last page all the same.
  static func nextPage(in headers: HTTPHeaders, after page: Int) -> Int? {
    for value in headers.values(of: "Link") {
      // "<address>; rel=next, <address>; rel=last": after each "<" one link.
      for link in value.split(separator: "<") {
        guard let end = link.firstIndex(of: ">"), isNext(link[end...]) else { continue }
        let number = pageNumber(in: link[..<end]) ?? page + 1
        return number > page ? number : nil
      }
    }
    return nil
  }

  private static func isNext(_ parameters: Substring) -> Bool {
    let words = parameters.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
    return words.split { $0 == ";" || $0 == "," || $0 == ">" }.contains("rel=next")
  }

  private static func pageNumber(in address: Substring) -> Int? {
    guard let mark = address.firstIndex(of: "?") else { return nil }
    return address[address.index(after: mark)...].split(separator: "&")
      .first { $0.hasPrefix("page=") }.flatMap {
        Int($0.dropFirst(5).prefix { $0.isASCII && $0.isNumber })
      }
  }
}
