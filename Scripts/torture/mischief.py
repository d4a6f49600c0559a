"""What is done to a torture run: wrong clocks, files that change, full disks, failing editors, copies."""

import ctypes
import hashlib
import os
import random
import shutil
import struct
import subprocess
import sys
import threading


class Clocks:
    """Wrong clocks for some of the processes: each jumps while they run."""

    JUMPS = [-30 * 86400, -86400, -3600, -20, -2, 0, 2, 20, 3600, 86400, 30 * 86400]

    def __init__(self, place, seed, count=3):
        self.jumps = 0
        self.random = random.Random(f"{seed}/clocks")
        self.library = os.path.join(place, "clock_shift.so")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "clock_shift.c")
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            sys.exit("torture: a C compiler is needed to make clocks jump")
        subprocess.run(
            [compiler, "-O2", "-shared", "-fPIC", "-o", self.library, source], check=True)
        self.files = []
        for number in range(count):
            self.files.append(os.path.join(place, f"clock-{number}"))
            with open(self.files[-1], "wb") as file:
                file.write(struct.pack("q", self.random.choice(self.JUMPS)))

    def jump(self):
        """Sets one of the clocks to another time while processes read it."""
        with open(self.random.choice(self.files), "r+b", buffering=0) as file:
            file.write(struct.pack("q", self.random.choice(self.JUMPS)))
        self.jumps += 1

    def environment(self, number):
        return {"LD_PRELOAD": self.library, "CLOCK_SHIFT_FILE": self.files[number]}


class Files:
    """Attachments with odd names, and what happens to them after they were confirmed."""

    NAMES = ["price.txt", "a;b.txt", "x\"y.txt", "a\\b.txt", "line\nbreak.txt", "r\u202etxt.exe",
             "Grüße.txt", "long" * 45 + ".txt", "two  blanks.txt", "shift.tar.gz"]

    def __init__(self, place, seed):
        self.folder = os.path.join(place, "files")
        os.makedirs(self.folder, mode=0o700)
        self.random = random.Random(f"{seed}/files")
        self.lock = threading.Lock()
        self.changes = 0
        #: By token: the SHA-256 digest of the bytes that were there when the write was confirmed.
        self.digests = {}
        self._confirmed = []

    def make(self, token, pick):
        """Writes a file for the write with this token; returns its path."""
        folder = os.path.join(self.folder, token)
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, pick.choice(self.NAMES))
        data = f"{token} the price is 100 EUR\n".encode() * pick.choice([1, 1, 40, 4000])
        with open(path, "wb") as file:
            file.write(data)
        with self.lock:
            self.digests[token] = hashlib.sha256(data).hexdigest()
        return path

    def confirmed(self, path):
        """The write of this file was acknowledged: from now on the file may change."""
        with self.lock:
            self._confirmed.append(path)

    def change(self):
        """Changes one confirmed file: same size and other content, or removes it."""
        with self.lock:
            if not self._confirmed:
                return
            path = self._confirmed.pop(self.random.randrange(len(self._confirmed)))
            self.changes += 1
        if self.random.random() < 0.2:
            os.unlink(path)
            return
        with open(path, "r+b") as file:
            data = file.read().replace(b"100 EUR", b"900 EUR")
            file.seek(0)
            file.write(data)


class Disk:
    """The disk of the profile: a small file system in memory that can be filled."""

    SIZE = 512 << 20

    def __init__(self, folder):
        self.folder = folder
        self.fills = 0
        #: Counts up while the disk is full and when it is free again: odd means full.
        self.turns = 0
        os.makedirs(folder, mode=0o700)
        libc = ctypes.CDLL(None, use_errno=True)
        options = f"size={self.SIZE},mode=0700".encode()
        self.is_mounted = libc.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, options) == 0
        self._libc = libc
        if not self.is_mounted:
            print("torture: no file system of its own could be mounted, so no disk gets full",
                  file=sys.stderr)

    def fill(self):
        """Leaves no byte on the disk."""
        if not self.is_mounted:
            return
        self.fills += 1
        self.turns += 1
        try:
            file = open(os.path.join(self.folder, "filler"), "wb")
        except OSError:
            # The run itself has filled it.
            return
        with file:
            try:
                while True:
                    file.write(bytes(1 << 20))
                    file.flush()
            except OSError:
                pass
            try:
                while True:
                    os.write(file.fileno(), bytes(4096))
            except OSError:
                pass

    def free(self):
        """Gives the space back."""
        try:
            os.unlink(os.path.join(self.folder, "filler"))
        except FileNotFoundError:
            return
        self.turns += 1

    def unmount(self):
        if self.is_mounted:
            # Lazily: a process that is about to end may hold a file open.
            self._libc.umount2(self.folder.encode(), 2)


class Editors:
    """An $EDITOR that adds the words it is told to, and then fails in one of the known ways."""

    ACTS = ["fine", "fine", "status", "killed", "latin-1", "header", "no-header", "slow", "huge"]
    SCRIPT = """#!/usr/bin/env python3
import os, signal, sys, time
act, path = os.environ["TORTURE_EDITOR_ACT"], sys.argv[-1]
with open(os.environ["TORTURE_EDITOR_WORDS"], encoding="utf-8") as file:
    words = file.read()
with open(path, "rb") as file:
    text = file.read().decode("utf-8", errors="replace")
head, gap, rest = text.partition("\\n\\n")
if act == "header":
    head = head.replace("Cc:", "Cc: tom").replace("Ticket: ", "Ticket: 9")
if act == "no-header":
    head = ""
if act == "huge":
    rest = "x" * 100 + "\\n" + rest
data = (head + gap + words + "\\n" + rest).encode()
if act == "latin-1":
    data = data.replace(words.encode(), words.encode() + b" caf\\xe9", 1)
with open(path, "wb") as file:
    file.write(data)
if act == "slow":
    time.sleep(1.5)
if act == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
sys.exit(3 if act == "status" else 0)
"""

    def __init__(self, place):
        self.place = place
        self.path = os.path.join(place, "editor")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(self.SCRIPT)
        os.chmod(self.path, 0o700)

    def words_file(self, name):
        return os.path.join(self.place, f"words-{name}")

    def environment(self, name, act):
        return {"EDITOR": self.path, "VISUAL": self.path, "TORTURE_EDITOR_ACT": act,
                "TORTURE_EDITOR_WORDS": self.words_file(name)}


class Copies:
    """Copies of the whole profile, as a backup or a synchronised folder makes them."""

    def __init__(self, place, profile, most=3):
        self.place, self.profile, self.most = place, profile, most
        self.folders = []

    def take(self):
        """Copies the profile while others write to it; a torn copy may be refused later."""
        if len(self.folders) >= self.most:
            return
        folder = os.path.join(self.place, f"copy-{len(self.folders)}")

        def leave_out(_, names):
            return [name for name in names if name == "filler"]

        try:
            shutil.copytree(self.profile, folder, ignore=leave_out, symlinks=True)
        except shutil.Error:
            # Files come and go while they are copied.
            pass
        except OSError:
            return
        self.folders.append(folder)
