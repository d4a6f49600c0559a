import CMicrohttpd
import Glibc
import Synchronization

/// A small HTTP/1.1 server: a pool of worker threads on epoll, one synchronous handler.
public final class HTTPListener: Sendable {
  /// `http://127.0.0.1:8080`, without a trailing slash.
  public let url: String
  public let port: UInt16

  private let core: ListenerCore
  /// The daemon's address as a number, 0 once stopped.
  private let daemon: Mutex<UInt>

  /// Starts listening; when it returns, connections are accepted.
  public init(
    _ options: ListenerOptions = ListenerOptions(),
    handler: @escaping @Sendable (ServerRequest) -> ServerAnswer
  ) throws(ListenerError) {
    let core = ListenerCore(
      bodyLimit: options.bodyBytes, heldLimit: options.bodyBytesTogether, handler: handler)
    let (started, code) = Self.start(options, core)
    guard let started else {
      if code == EINVAL, options.tls == nil { throw .badAddress(options.address) }
      if options.tls != nil, code != EADDRINUSE, code != EADDRNOTAVAIL, code != EACCES {
        throw .badCertificate
      }
      throw .cannotBind(address: options.address, port: options.port, errno: code)
    }
    self.core = core
    daemon = Mutex(UInt(bitPattern: started))
    port = cm_port(started)
    let host = options.address.contains(":") ? "[\(options.address)]" : options.address
    url = "\(options.tls == nil ? "http" : "https")://\(host):\(port)"
  }

  deinit { stop() }

  /// Stops accepting, ends every connection, waits for handlers that run; later calls do nothing.
  public func stop() {
    let address = daemon.withLock { daemon in
      defer { daemon = 0 }
      return daemon
    }
    guard let running = OpaquePointer(bitPattern: address) else { return }
    core.parking.close()
    MHD_stop_daemon(running)
    Unmanaged.passUnretained(core).release()
  }

  /// The daemon holds one reference to the core until it is stopped.
  private static func start(
    _ options: ListenerOptions, _ core: ListenerCore
  ) -> (OpaquePointer?, Int32) {
    let context = Unmanaged.passRetained(core)
    return options.address.withCString { address in
      (options.tls?.certificate ?? "").withCString { certificate in
        (options.tls?.key ?? "").withCString { key in
          var settings = cm_options()
          settings.address = address
          settings.port = options.port
          settings.threads = UInt32(clamping: options.threads)
          settings.connections = UInt32(clamping: options.connections)
          settings.memory = options.headerBytes
          settings.timeout = UInt32(clamping: options.idleSeconds)
          settings.certificate = options.tls == nil ? nil : certificate
          settings.key = options.tls == nil ? nil : key
          settings.handler = Exchange.handle
          settings.target = Exchange.begin
          settings.completed = Exchange.end
          settings.context = context.toOpaque()
          let daemon = cm_start(&settings)
          let code = errno
          if daemon == nil { context.release() }
          return (daemon, code)
        }
      }
    }
  }
}
