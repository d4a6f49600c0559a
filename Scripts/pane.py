"""A program on a pseudo-terminal with an emulated screen, for scripts that type like a person."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time

from ptybench import ARROWS, KEYS, QUERY, Term


class Pane:
    """One running program, its screen, and its keyboard. Only one thread may use it."""

    def __init__(self, arguments, columns, rows, environment, watch=None):
        self.term = Term(columns, rows)
        self.watch = watch
        self._tail = b""
        self.is_over = False
        self.last_output = time.monotonic()
        self._master, slave = os.openpty()
        os.set_inheritable(slave, False)
        self._size(columns, rows)
        # A session without a terminal gets the first one it opens. The terminal is opened by a
        # shell in the child, so that no Python runs between fork and exec beside other threads.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec <"$0" >"$0" 2>&1 && exec "$@"', os.ttyname(slave), *arguments],
            start_new_session=True, env=environment)
        # Open for as long as the program has not begun, or a read would find the end.
        self._slave = slave
        os.set_blocking(self._master, False)

    @property
    def screen(self):
        return self.term.text()

    def _size(self, columns, rows):
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.term.resize(columns, rows)
        self._size(columns, rows)

    def type(self, keys):
        """Keys in the notation of ptybench: <Enter>, <C-x>, and letters for themselves."""
        def one(match):
            name = match.group(1).lower()
            if name in KEYS:
                return KEYS[name]
            if name in ARROWS:
                return ("\x1bO" if 1 in self.term.modes else "\x1b[") + ARROWS[name]
            if name.startswith("c-") and len(name) == 3:
                return chr(ord(name[2].upper()) & 31)
            return match.group(0)
        self.write(re.sub(r"<([A-Za-z0-9-]+)>", one, keys).encode())

    def paste(self, text):
        """Pastes as a terminal does, in brackets where the program asked for them."""
        bracketed = 2004 in self.term.modes
        self.write(
            (b"\x1b[200~" if bracketed else b"") + text.encode()
            + (b"\x1b[201~" if bracketed else b""))

    def write(self, data):
        while data and not self.is_over:
            try:
                data = data[os.write(self._master, data):]
            except BlockingIOError:
                self.pump(0.05)
            except OSError:
                self.is_over = True

    def pump(self, seconds):
        """Takes in what the program writes for so long; true when anything came."""
        end, came = time.monotonic() + seconds, False
        while not self.is_over:
            left = end - time.monotonic()
            if not select.select([self._master], [], [], max(0, left))[0]:
                break
            try:
                data = os.read(self._master, 1 << 16)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if not data:
                self.is_over = True
                break
            came, self.last_output = True, time.monotonic()
            if self._slave is not None:
                os.close(self._slave)
                self._slave = None
            if self.watch:
                self.watch(data)
            self._answer(data)
            self.term.feed(data)
            if left <= 0:
                break
        if self.process.poll() is not None:
            self.is_over = True
        return came

    def wait(self, wanted, seconds=10.0):
        """Waits until a text stands on the screen, or a condition on it holds."""
        holds = wanted if callable(wanted) else lambda screen: wanted in screen
        end = time.monotonic() + seconds
        while not holds(self.screen):
            if self.is_over or time.monotonic() >= end:
                return False
            self.pump(min(0.05, max(0.001, end - time.monotonic())))
        return True

    def _answer(self, data):
        """Answers what the program asks its terminal."""
        seen = self._tail + data
        for match in QUERY.finditer(seen):
            question = match.group()
            if match.end() <= len(self._tail):
                continue
            if question.endswith(b"c"):
                self.write(b"\x1b[>0;276;0c" if b">" in question else b"\x1b[?62;22c")
            elif question.endswith(b"5n"):
                self.write(b"\x1b[0n")
            elif question.endswith(b"6n"):
                self.write(b"\x1b[%d;%dR" % (self.term.y + 1, self.term.x + 1))
            elif question.endswith(b"t"):
                self.write(b"\x1b[8;%d;%dt" % (self.term.rows, self.term.cols))
            elif question.endswith(b"$p"):
                self.write(b"\x1b[?%s;0$y" % match.group(1))
            else:
                colour = b"ffff/ffff/ffff" if question[3:4] == b"0" else b"0000/0000/0000"
                self.write(question[:4] + b";rgb:" + colour + b"\x1b\\")
        self._tail = seen[-24:]

    def signal(self, number):
        try:
            self.process.send_signal(number)
        except ProcessLookupError:
            pass

    def ended(self, seconds):
        """Waits for the program to end by itself; false when it has not."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            if time.monotonic() >= end:
                return False
            if self.is_over:
                time.sleep(0.005)
            else:
                self.pump(0.02)
        return True

    def close(self, patience=10):
        """Ends the program if it has not ended; returns its exit code, negative for a signal."""
        if not self.ended(0):
            self.signal(signal.SIGHUP)
        if not self.ended(patience):
            self.signal(signal.SIGKILL)
        code = self.process.wait()
        for end in (self._master, self._slave):
            if end is not None:
                os.close(end)
        self._slave, self.is_over = None, True
        return code
