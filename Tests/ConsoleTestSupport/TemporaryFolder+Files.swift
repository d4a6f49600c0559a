import Glibc

extension TemporaryFolder {
  /// The bytes of a file in the folder, or nil when there is none.
  public func contents(_ name: String) -> [UInt8]? {
    guard let file = fopen(file(name), "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[0..<count]
    }
  }

  /// Writes a file and returns its path.
  @discardableResult
  public func write(_ name: String, _ bytes: some Collection<UInt8>) -> String {
    let path = file(name)
    guard let file = fopen(path, "w") else { return path }
    defer { fclose(file) }
    let bytes = Array(bytes)
    fwrite(bytes, 1, bytes.count, file)
    return path
  }
}

extension TemporaryFolder {
  /// Lets everybody read a file.
  public func makePublic(_ name: String) { chmod(file(name), 0o644) }
}
