import CCurl
import Glibc

/// One request on the wire. Lives on the loop's thread only; ends with `finish` or `cancel`.
final class CurlTransfer {
  let easy: UnsafeMutableRawPointer
  private let continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
  private let maximumAnswer: Int
  private var headerLines: UnsafeMutablePointer<curl_slist>?
  private var mime: OpaquePointer?
  /// libcurl writes its own words about a failure here.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  /// Set when the connection stands and the first byte of the request is about to leave.
  private var hasBegun = false
  private var isTooLarge = false
  private var headers = HTTPHeaders()
  private var headerBytes = 0
  private var body: [UInt8] = []

  /// All header lines of one answer together; a server may not fill the memory with them.
  private static let maximumHeaderBytes = 256 << 10

  /// Answers the job itself and returns nil when the request cannot be made.
  init?(job: CurlJob, options: CurlOptions) {
    guard let easy = curl_easy_init() else {
      job.continuation.resume(
        returning: .failure(TransportError(.unusableRequest, mayHaveBeenSent: false)))
      return nil
    }
    self.easy = easy
    continuation = job.continuation
    maximumAnswer = options.maximumAnswer
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    configure(options)
    if let problem = apply(job.request) {
      continuation.resume(
        returning: .failure(
          TransportError(.unusableRequest, mayHaveBeenSent: false, detail: problem)))
      return nil
    }
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headerLines)
    curl_mime_free(mime)
    errorText.deallocate()
  }

  /// Hands the result over. `code` is libcurl's verdict.
  func finish(_ code: CURLcode) {
    let status = cc_status(easy)
    let answer = status > 0 ? HTTPResponse(status: status, headers: headers, body: body) : nil
    if code == CURLE_OK, let answer {
      continuation.resume(returning: .success(answer))
      return
    }
    let reason =
      isTooLarge ? .tooLarge : TransportError.Reason(code: code, hasBegun: hasBegun)
    let words = String(cString: errorText)
    continuation.resume(
      returning: .failure(
        TransportError(
          reason, mayHaveBeenSent: hasBegun, partialAnswer: answer,
          detail: words.isEmpty ? String(cString: curl_easy_strerror(code)) : words)))
  }

  func cancel() {
    continuation.resume(
      returning: .failure(TransportError(.cancelled, mayHaveBeenSent: hasBegun)))
  }

  private var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private func configure(_ options: CurlOptions) {
    cc_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
    cc_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // A name lookup that hangs must not hold up the loop when its request gives up.
    cc_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    cc_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    cc_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    cc_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
    cc_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
    cc_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let file = options.certificateFile { cc_set_text(easy, CURLOPT_CAINFO, file) }
    cc_set_text(easy, CURLOPT_PROXY, options.proxy ?? "")
    cc_set_text(easy, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1")
    cc_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    cc_set_text(easy, CURLOPT_ACCEPT_ENCODING, "gzip")
    cc_set_text(easy, CURLOPT_USERAGENT, options.userAgent)
    cc_set_size(easy, CURLOPT_MAXFILESIZE_LARGE, options.maximumAnswer)
    cc_set_long(easy, CURLOPT_BUFFERSIZE, 128 << 10)
    cc_set_private_sockets(easy)
    cc_set_body_callback(easy, { CurlTransfer.bodyArrived($0, $1, $2, $3) }, context)
    cc_set_header_callback(easy, { CurlTransfer.headerArrived($0, $1, $2, $3) }, context)
    cc_set_before_request(
      easy, { context, _, _, _, _ in CurlTransfer.requestBegins(context) }, context)
  }

  /// Returns what is wrong with the request, or nil.
  private func apply(_ request: HTTPRequest) -> String? {
    guard !request.url.utf8.contains(where: { $0 <= 32 || $0 == 127 }) else {
      return "the address holds blanks or control characters"
    }
    cc_set_text(easy, CURLOPT_URL, request.url)
    cc_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.connectDeadline.milliseconds)
    cc_set_long(easy, CURLOPT_TIMEOUT_MS, request.totalDeadline.milliseconds)
    if request.method.isRead {
      cc_set_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    } else {
      // libcurl sends a request again when a reused connection dies before the answer, or when
      // an HTTP/2 server refuses the stream: a write must not be given either occasion.
      cc_set_long(easy, CURLOPT_FRESH_CONNECT, 1)
      cc_set_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    }
    if let problem = apply(request.body) { return problem }
    switch request.method {
    case .get: break
    case .head: cc_set_long(easy, CURLOPT_NOBODY, 1)
    default: cc_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }
    // An "Expect: 100-continue" would cost a second with servers that ignore it.
    append(headerLine: "Expect:")
    for field in request.headers.fields {
      let line = "\(field.name): \(field.value)"
      guard !line.utf8.contains(where: { $0 < 32 && $0 != 9 }) else {
        return "a header holds control characters"
      }
      append(headerLine: field.value.isEmpty ? "\(field.name);" : line)
    }
    cc_set_pointer(easy, CURLOPT_HTTPHEADER, headerLines)
    return nil
  }

  private func append(headerLine: String) {
    if let longer = curl_slist_append(headerLines, headerLine) { headerLines = longer }
  }

  private func apply(_ body: HTTPRequest.Body) -> String? {
    switch body {
    case .none: return nil
    case .bytes(let bytes):
      let code = bytes.withUnsafeBytes { cc_set_body(easy, $0.baseAddress, $0.count) }
      return code == CURLE_OK ? nil : "the body does not fit into memory"
    case .multipart(let parts):
      mime = curl_mime_init(easy)
      for part in parts {
        if let problem = append(part) { return problem }
      }
      cc_set_pointer(easy, CURLOPT_MIMEPOST, UnsafeMutableRawPointer(mime))
      return nil
    }
  }

  private func append(_ part: MultipartPart) -> String? {
    guard let slot = curl_mime_addpart(mime) else { return "no memory for a part" }
    curl_mime_name(slot, part.name)
    switch part.content {
    case .text(let text):
      var text = text
      let code = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          curl_mime_data(slot, $0.baseAddress, $0.count)
        }
      }
      return code == CURLE_OK ? nil : "a part does not fit into memory"
    case .file(let name, let bytes):
      // They would end the header that carries the name.
      guard !name.utf8.contains(where: { $0 < 32 || $0 == 127 || $0 == UInt8(ascii: "\"") }) else {
        return "a file's name holds quotes or control characters"
      }
      let code = bytes.withUnsafeBytes { bytes in
        curl_mime_data(slot, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
      }
      guard code == CURLE_OK else { return "a file does not fit into memory" }
      curl_mime_filename(slot, name)
      // libcurl knows these from the name, and would leave out the type of all others.
      let known = ["gif", "jpg", "jpeg", "png", "svg", "txt", "htm", "html", "pdf", "xml"]
      let ending = name.lowercased().split(separator: ".").last ?? ""
      if !known.contains(String(ending)) { curl_mime_type(slot, "application/octet-stream") }
      return nil
    }
  }

  private static func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func requestBegins(_ context: UnsafeMutableRawPointer?) -> Int32 {
    transfer(context)?.hasBegun = true
    return CURL_PREREQFUNC_OK
  }

  private static func bodyArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
  ) -> Int {
    guard let bytes, let transfer = transfer(context) else { return 0 }
    let length = size * count
    guard transfer.body.count + length <= transfer.maximumAnswer else {
      transfer.isTooLarge = true
      return 0
    }
    transfer.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
    return length
  }

  private static func headerArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
  ) -> Int {
    guard let bytes, let transfer = transfer(context) else { return 0 }
    let length = size * count
    transfer.headerBytes += length
    guard transfer.headerBytes <= maximumHeaderBytes else {
      transfer.isTooLarge = true
      return 0
    }
    transfer.headers.receive(
      line: String(
        decoding: UnsafeRawBufferPointer(start: bytes, count: length), as: UTF8.self))
    return length
  }
}

extension Duration {
  /// Whole milliseconds, at least 1: libcurl takes 0 for "no limit".
  fileprivate var milliseconds: Int {
    let (seconds, fraction) = components
    guard seconds < 86_400 else { return 86_400_000 }
    return max(1, Int(seconds) * 1000 + Int(fraction / 1_000_000_000_000_000))
  }
}
