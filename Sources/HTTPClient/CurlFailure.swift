import CCurl

extension TransportError.Reason {
  /// Puts libcurl's codes into our words. `hasBegun` tells a slow connection from a slow answer.
  init(code: CURLcode, hasBegun: Bool) {
    switch code {
    // Also what libcurl says to an answer without a status line.
    case CURLE_UNSUPPORTED_PROTOCOL: self = hasBegun ? .garbled : .unusableRequest
    case CURLE_URL_MALFORMAT, CURLE_NOT_BUILT_IN,
      CURLE_BAD_FUNCTION_ARGUMENT, CURLE_SSL_CACERT_BADFILE:
      self = .unusableRequest
    case CURLE_READ_ERROR: self = hasBegun ? .connectionLost : .unusableRequest
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .nameNotResolved
    case CURLE_COULDNT_CONNECT: self = .cannotConnect
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_USE_SSL_FAILED:
      self = .insecure
    case CURLE_OPERATION_TIMEDOUT: self = hasBegun ? .timedOut : .connectTimedOut
    case CURLE_PARTIAL_FILE: self = .truncated
    case CURLE_FILESIZE_EXCEEDED, CURLE_OUT_OF_MEMORY: self = .tooLarge
    case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING: self = .garbled
    case CURLE_HTTP2, CURLE_HTTP2_STREAM: self = hasBegun ? .connectionLost : .cannotConnect
    default: self = hasBegun ? .connectionLost : .cannotConnect
    }
  }
}
