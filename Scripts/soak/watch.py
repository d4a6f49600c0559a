"""What is looked at during a soak run: the bytes for the terminal, memory, and open files."""

import codecs
import os
import statistics

from ptybench import TOKEN

# Direction marks, overrides, isolates, and what else hides or turns text around.
HARMFUL = {0x061C, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
# Controls that curses writes by itself.
CONTROLS = set("\r\n\b\t\x07\x0e\x0f")
# Title, question for the background, clipboard: what the console itself says to a terminal.
COMMANDS = ("\x1b]2;", "\x1b]11;?", "\x1b]52;c;")

#: A number that only hostile text has in its sequences.
MARK = "7777"


class Bytes:
    """Reads along what reaches the terminal; anything of the text's own making is a finding."""

    def __init__(self):
        self.findings, self.count = [], 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._rest = ""

    def take(self, data):
        self.count += len(data)
        try:
            text = self._rest + self._decoder.decode(data)
        except UnicodeDecodeError as error:
            self.findings.append(f"broken UTF-8: {error}")
            self._decoder.reset()
            return
        place = 0
        while place < len(text):
            match = TOKEN.match(text, place)
            if match is None:
                break
            place = match.end()
            self._check(match.group())
        self._rest = text[place:]
        if len(self._rest) > 1 << 16:
            self.findings.append(f"a sequence without an end: {self._rest[:40]!r}")
            self._rest = ""

    def _check(self, token):
        if token[0] >= " " and token[0] != "\x7f":
            for character in token:
                code = ord(character)
                if code in HARMFUL or 0x7F <= code < 0xA0:
                    self.findings.append(f"U+{code:04X} in {token[:60]!r}")
                    return
        elif token[0] != "\x1b":
            if token not in CONTROLS:
                self.findings.append(f"control {token!r}")
        elif token[1] == "]":
            if not token.startswith(COMMANDS) or any(
                    ord(c) in HARMFUL or 0x7F <= ord(c) < 0xA0 for c in token):
                self.findings.append(f"command {token[:60]!r}")
        elif token[1] in "PX^_" or MARK in token:
            self.findings.append(f"sequence {token[:60]!r}")


class Samples:
    """Resident memory in kB, open files and open sockets of one process, over time."""

    def __init__(self, pid):
        self.pid = pid
        self.taken = []

    def take(self, seconds):
        """One more sample; false when the process is not there."""
        try:
            with open(f"/proc/{self.pid}/status", encoding="ascii", errors="replace") as file:
                memory = next(
                    (int(line.split()[1]) for line in file if line.startswith("VmRSS:")), None)
            files = os.listdir(f"/proc/{self.pid}/fd")
        except OSError:
            return False
        sockets = 0
        for file in files:
            try:
                sockets += os.readlink(f"/proc/{self.pid}/fd/{file}").startswith("socket:")
            except OSError:
                pass
        if memory is not None:
            self.taken.append((seconds, memory, len(files) - sockets, sockets))
        return memory is not None

    def medians(self, duration):
        """Memory, files, sockets, each at the beginning and the end: five minutes, or a sixth."""
        part = min(300, duration / 6)
        end = self.taken[-1][0]
        first = [sample for sample in self.taken if sample[0] <= part]
        last = [sample for sample in self.taken if sample[0] >= end - part]
        return tuple(
            (statistics.median(s[column] for s in first), statistics.median(s[column] for s in last))
            for column in (1, 2, 3))
