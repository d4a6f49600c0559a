import CMicrohttpd
import Dispatch

/// A body that is handed out piece by piece: to break off in the middle, or to drip.
/// Only the worker thread of its connection touches it.
final class BodySource {
  private let bytes: [UInt8]
  private let connection: OpaquePointer
  private let parking: Parking
  /// The body breaks off here; at its count it ends well.
  private let end: Int
  private let bytesPerSecond: Int?
  private let started = DispatchTime.now().uptimeNanoseconds

  init(
    _ bytes: [UInt8], _ connection: OpaquePointer, _ parking: Parking, end: Int,
    bytesPerSecond: Int? = nil
  ) {
    self.bytes = bytes
    self.connection = connection
    self.parking = parking
    self.end = end
    self.bytesPerSecond = bytesPerSecond
  }

  /// The library's response, which owns this source until it is destroyed.
  func response() -> OpaquePointer? {
    MHD_create_response_from_callback(
      UInt64(bytes.count), 4096, Self.read, Unmanaged.passRetained(self).toOpaque(), Self.free)
  }

  private static let read: MHD_ContentReaderCallback = { context, position, buffer, room in
    guard let context, let buffer else { return cm_break_off() }
    return Unmanaged<BodySource>.fromOpaque(context).takeUnretainedValue()
      .copy(from: Int(position), to: buffer, room: room)
  }

  private static let free: MHD_ContentReaderFreeCallback = { context in
    if let context { Unmanaged<BodySource>.fromOpaque(context).release() }
  }

  private func copy(
    from position: Int, to buffer: UnsafeMutablePointer<CChar>, room: Int
  ) -> Int {
    guard position < end else {
      return end == bytes.count ? cm_end_of_body() : cm_break_off()
    }
    let count = min(room, end - position, allowance(at: position))
    guard count > 0 else {
      return parking.park(connection, seconds: 0.05) ? 0 : cm_break_off()
    }
    bytes.withUnsafeBytes { source in
      UnsafeMutableRawBufferPointer(start: buffer, count: count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
    }
    return count
  }

  /// Bytes that may have left by now, less those that have.
  private func allowance(at position: Int) -> Int {
    guard let bytesPerSecond else { return Int.max }
    let elapsed = DispatchTime.now().uptimeNanoseconds - started
    return 1 + Int(Double(elapsed) / 1e9 * Double(bytesPerSecond)) - position
  }
}
