import ConsoleTestSupport
import Glibc
import HTTPClient
import HTTPServer
import Testing

@Suite(.enabled(if: Certificate.canBeMade, "openssl is not installed"))
struct CertificateTests {
  @Test func onlyATrustedCertificateGetsTheRequest() async throws {
    let certificate = try #require(Certificate())
    var options = ListenerOptions()
    options.tls = TLSIdentity(certificate: certificate.text, key: certificate.key)
    let listener = try HTTPListener(options) { _ in
      .respond(ServerResponse(status: 200, body: Array("ok".utf8)))
    }
    defer { listener.stop() }
    let refused = await outcome(HTTPRequest(method: .post, url: listener.url, body: .bytes([1])))
    #expect(refused.failure?.reason == .insecure)
    #expect(refused.failure?.mayHaveBeenSent == false)

    let trusting = CurlTransport(options: CurlOptions(certificateFile: certificate.path))
    #expect(try await trusting.send(HTTPRequest(url: listener.url)).status == 200)
    let otherName = listener.url.replacing("127.0.0.1", with: "localhost")
    #expect(await outcome(HTTPRequest(url: otherName), by: trusting).failure?.reason == .insecure)

    let missing = CurlTransport(options: CurlOptions(certificateFile: "/nowhere.pem"))
    #expect(await outcome(HTTPRequest(url: listener.url), by: missing).failure != nil)
  }
}

/// A certificate for 127.0.0.1 that signs itself, fresh for one test.
private struct Certificate {
  let folder = TemporaryFolder()

  static var canBeMade: Bool { access("/usr/bin/openssl", X_OK) == 0 }

  var path: String { folder.file("certificate.pem") }
  var text: String { String(decoding: folder.contents("certificate.pem") ?? [], as: UTF8.self) }
  var key: String { String(decoding: folder.contents("key.pem") ?? [], as: UTF8.self) }

  init?() {
    let words = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
      "-nodes", "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
      "-keyout", folder.file("key.pem"), "-out", folder.file("certificate.pem"),
    ]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var child = pid_t()
    var status: Int32 = 0
    guard posix_spawn(&child, "/usr/bin/openssl", &actions, nil, &arguments, nil) == 0,
      waitpid(child, &status, 0) == child, status == 0
    else { return nil }
  }
}
