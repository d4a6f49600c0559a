import ConsoleModel
import ConsoleTestSupport
import Glibc
import Testing

@Suite struct AccessTests {
  @Test func theStopSwitchIsAFileThatAnybodyCanMake() {
    let folder = TemporaryFolder()
    let brake = StopSwitch(folder: folder.path)
    #expect(!brake.isOn)
    folder.write("stop", [])
    #expect(brake.isOn)
    #expect(brake.set(false))
    #expect(!brake.isOn)
    #expect(brake.set(true))
    #expect(StopSwitch(folder: folder.path).isOn)
  }

  @Test func aFolderThatCannotBeReadCountsAsStopped() {
    #expect(StopSwitch(folder: "/dev/null").isOn)
  }

  @Test func aProcessIsToldFromALaterOneWithItsNumber() throws {
    let own = ProcessIdentity.current(token: 5)
    #expect(own.isAlive)
    #expect(ProcessIdentity(text: own.text) == own)
    var later = own
    later.startTime += 1
    #expect(!later.isAlive)

    let child = endedProcess()
    #expect(!ProcessIdentity(pid: child, startTime: 1, token: 1).isAlive)
    #expect(ProcessIdentity(text: "1:2") == nil)
  }

  /// The number of a process that has ended.
  private func endedProcess() -> Int32 {
    var pid: pid_t = 0
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    defer { for argument in arguments { free(argument) } }
    posix_spawn(&pid, "/bin/true", nil, nil, arguments, nil)
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return pid
  }
}
