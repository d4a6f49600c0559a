#!/usr/bin/env python3
"""ptybench.py - measure a terminal program on a real pseudo-terminal.

Starts any command line on a pty of a given size, times exec -> first complete
paint, then plays a script of keys and, for every key, times key -> first byte
and key -> last byte of the repaint and counts the bytes.  Output is JSON.
Standard library only: a small xterm emulator is built in (scroll regions,
SU/SD, REP, ECH, IL/DL, ICH/DCH, ACS, wide characters, alternate screen).

  ptybench.py [options] -- COMMAND ARG...
  ptybench.py --size 120x40 --ready 'Msgs:100000' --script keys.json --runs 5 -- neomutt -f Maildir

A moment is "quiescent" when no byte came for --quiet-ms (50).  Ready means
quiescent AND the ready text is on the emulated screen; the time reported is
that of the LAST BYTE before the silence, so the 50 ms are not in the figure.
The emulator runs only at quiescent moments: it does not slow the program
or colour the times.

Texts ('ready', 'expect') are substrings of the screen; 're:...' is a regular
expression (MULTILINE).  Keys use <Name> notation: <Down> <Up> <Left> <Right>
<PgDn> <PgUp> <Home> <End> <Enter> <Esc> <Tab> <BS> <Del> <Space> <F1>..<F12>
<C-x> <lt>; anything else is literal.

The script is a JSON list of steps:
  {"name": "down", "keys": "j", "repeat": 100}             one sample per key, paced by quiescence
  {"name": "hold", "keys": "j", "burst": 100}              100 keys written at once, one sample
  {"name": "find", "keys": "/needle<Enter>", "expect": "needle"}
  {"name": "wide", "resize": "200x50", "expect": "..."}    SIGWINCH
  {"name": "full", "wait": true, "from_start": true, "expect": "re:100%"}   no key; time since exec
  {"name": "quit", "keys": "q", "exit": true}              time to process exit
Optional in a step: "quiet_ms", "timeout_s", "warmup" (keys not counted), "pause_ms" (before),
"absent" (text that must NOT be on the screen), "soft" (a miss is recorded, not fatal).
--script may be a file or the JSON itself.
"""
import argparse, codecs, fcntl, json, os, re, select, signal, statistics, struct, subprocess, sys, termios, time
import unicodedata, zlib

# ---------------------------------------------------------------- emulator
TOKEN = re.compile(
    "[^\x00-\x1f\x7f]+"
    "|\x1b\\[[0-?]*[ -/]*[@-~]"
    "|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)"
    "|\x1b[PX^_][^\x1b]*\x1b\\\\"
    "|\x1b[ -/]+[0-~]"
    "|\x1b[0-OQ-WYZ`-~\\\\]"
    "|[\x00-\x1a\x1c-\x1f\x7f]")
ACS = dict(zip("`afgjklmnopqrstuvwxyz{|}~", "◆▒°±┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"))


def width(ch):
    if ch < "\u0300": return 1
    if unicodedata.combining(ch) or unicodedata.category(ch) in ("Mn", "Me", "Cf"): return 0
    return 2 if unicodedata.east_asian_width(ch) in "WF" else 1


class Term:
    """Text-only xterm.  Cells hold strings; the right half of a wide character is ''."""
    def __init__(self, cols, rows):
        self.cols, self.rows = cols, rows
        self.dec = codecs.getincrementaldecoder("utf-8")("replace")
        self.pend, self.unknown, self.modes = "", {}, set()
        self.grid = self.blank(); self.saved_grid = None
        self.x = self.y = 0; self.wrapnext = False
        self.top, self.bot = 0, rows - 1
        self.save = (0, 0); self.g0, self.g1, self.shift = "B", "B", 0
        self.insert = False; self.wrap = True; self.last = " "; self.cursor = True

    def blank(self): return [[" "] * self.cols for _ in range(self.rows)]
    def text(self): return "\n".join("".join(r).rstrip() for r in self.grid)

    def resize(self, cols, rows):
        def fit(g):
            g = [(r + [" "] * cols)[:cols] for r in g[:rows]]
            return g + [[" "] * cols for _ in range(rows - len(g))]
        self.grid = fit(self.grid)
        if self.saved_grid: self.saved_grid = fit(self.saved_grid)
        self.cols, self.rows, self.top, self.bot = cols, rows, 0, rows - 1
        self.x, self.y = min(self.x, cols - 1), min(self.y, rows - 1)

    def feed(self, data):
        s = self.pend + self.dec.decode(data)
        i, n = 0, len(s)
        while i < n:
            m = TOKEN.match(s, i)
            if not m: break                      # an incomplete sequence: wait for the rest
            t = m.group(); i = m.end()
            if t[0] >= " " and t[0] != "\x7f": self.put(t)
            elif t[0] != "\x1b": self.c0(t)
            elif len(t) > 2 and t[1] == "[": self.csi(t)
            elif t[1] in "]PX^_": pass
            else: self.esc(t)
        self.pend = s[i:] if n - i < 1 << 16 else ""

    def put(self, s):
        if (self.g1 if self.shift else self.g0) == "0": s = "".join(ACS.get(c, c) for c in s)
        for c in s:
            w = width(c)
            if w == 0:
                if self.x: self.grid[self.y][self.x - 1] += c
                continue
            if self.wrapnext or (w == 2 and self.x == self.cols - 1):
                if self.wrap: self.x = 0; self.lf()
                self.wrapnext = False
            r = self.grid[self.y]
            if self.insert: r[self.x:self.x] = [" "] * w; del r[self.cols:]
            r[self.x] = c
            if w == 2 and self.x + 1 < self.cols: r[self.x + 1] = ""
            if self.x + w >= self.cols: self.x = self.cols - 1; self.wrapnext = True
            else: self.x += w
            self.last = c

    def lf(self):
        if self.y == self.bot: self.scroll(self.top, 1)
        elif self.y < self.rows - 1: self.y += 1

    def scroll(self, top, n):
        """n > 0: lines move up within top..bot; n < 0: down."""
        g, h = self.grid, self.bot - top + 1
        for _ in range(min(abs(n), h)):
            if n > 0: del g[top]; g.insert(self.bot, [" "] * self.cols)
            else: del g[self.bot]; g.insert(top, [" "] * self.cols)

    def c0(self, c):
        if c == "\r": self.x = 0; self.wrapnext = False
        elif c in "\n\v\f": self.wrapnext = False; self.lf()
        elif c == "\b": self.x = max(0, self.x - 1); self.wrapnext = False
        elif c == "\t": self.x = min(self.cols - 1, (self.x // 8 + 1) * 8)
        elif c == "\x0e": self.shift = 1
        elif c == "\x0f": self.shift = 0

    def esc(self, t):
        c = t[-1]
        if t[1] == "(": self.g0 = c
        elif t[1] == ")": self.g1 = c
        elif c == "7": self.save = (self.x, self.y)
        elif c == "8": self.x, self.y = self.save; self.wrapnext = False
        elif c == "D": self.lf()
        elif c == "E": self.x = 0; self.lf()
        elif c == "M":
            if self.y == self.top: self.scroll(self.top, -1)
            else: self.y = max(0, self.y - 1)
        elif c == "c": self.__init__(self.cols, self.rows)
        elif c not in "=>\\H": self.unknown[t] = self.unknown.get(t, 0) + 1

    def csi(self, t):
        f, body = t[-1], t[2:-1]
        priv = body[0] if body and body[0] in "<=>?" else ""
        inter = body[-1] if body and " " <= body[-1] <= "/" else ""
        nums = [int(p.split(":")[0] or 0) if p.split(":")[0].isdigit() or p == "" else 0
                for p in body.lstrip("<=>?").rstrip(" !\"#$%&'()*+,-./").split(";")]
        n = nums[0] or 1
        if f in "hl" and priv == "?":
            for m in nums: self.mode(m, f == "h")
            return
        if priv or inter or f in "mqtncg": return   # colours, cursor style, window reports, queries
        self.wrapnext = False
        g, X, Y = self.grid, self.x, self.y
        if f in "Hf": self.y = min(self.rows, n) - 1; self.x = min(self.cols, (nums[1] if len(nums) > 1 else 1) or 1) - 1
        elif f == "A": self.y = max(self.top if Y >= self.top else 0, Y - n)
        elif f in "Be": self.y = min(self.bot if Y <= self.bot else self.rows - 1, Y + n)
        elif f in "Ca": self.x = min(self.cols - 1, X + n)
        elif f == "D": self.x = max(0, X - n)
        elif f == "E": self.x = 0; self.y = min(self.rows - 1, Y + n)
        elif f == "F": self.x = 0; self.y = max(0, Y - n)
        elif f in "G`": self.x = min(self.cols, n) - 1
        elif f == "d": self.y = min(self.rows, n) - 1
        elif f == "J":
            a, b = {0: (Y + 1, self.rows), 1: (0, Y), 2: (0, self.rows)}.get(nums[0], (0, 0))
            for r in range(a, b): g[r] = [" "] * self.cols
            if nums[0] == 0: g[Y][X:] = [" "] * (self.cols - X)
            if nums[0] == 1: g[Y][:X + 1] = [" "] * (X + 1)
        elif f == "K":
            if nums[0] == 0: g[Y][X:] = [" "] * (self.cols - X)
            elif nums[0] == 1: g[Y][:X + 1] = [" "] * (X + 1)
            else: g[Y] = [" "] * self.cols
        elif f == "L" and self.top <= Y <= self.bot: self.scroll(Y, -n)
        elif f == "M" and self.top <= Y <= self.bot: self.scroll(Y, n)
        elif f == "S": self.scroll(self.top, n)
        elif f == "T": self.scroll(self.top, -n)
        elif f == "@": g[Y][X:X] = [" "] * n; del g[Y][self.cols:]
        elif f == "P": del g[Y][X:X + n]; g[Y] += [" "] * (self.cols - len(g[Y]))
        elif f == "X": e = min(self.cols, X + n); g[Y][X:e] = [" "] * (e - X)
        elif f == "b": self.put(self.last * n)
        elif f == "r":
            b = nums[1] if len(nums) > 1 and nums[1] else self.rows
            self.top, self.bot, self.x, self.y = n - 1, min(b, self.rows) - 1, 0, 0
        elif f in "hl":
            if 4 in nums: self.insert = f == "h"
        elif f == "s": self.save = (X, Y)
        elif f == "u": self.x, self.y = self.save
        elif f == "Z": self.x = max(0, (X - 1) // 8 * 8)
        elif f == "I": self.x = min(self.cols - 1, (X // 8 + n) * 8)
        else: self.unknown[t] = self.unknown.get(t, 0) + 1

    def mode(self, m, on):
        (self.modes.add if on else self.modes.discard)(m)
        if m == 7: self.wrap = on
        elif m == 25: self.cursor = on
        elif m in (47, 1047, 1049):
            if on and self.saved_grid is None:
                self.saved_grid, self.grid, self.save = self.grid, self.blank(), (self.x, self.y)
            elif not on and self.saved_grid is not None:
                self.grid, self.saved_grid = self.saved_grid, None
                self.x, self.y = min(self.save[0], self.cols - 1), min(self.save[1], self.rows - 1)


# ---------------------------------------------------------------- keys
KEYS = {"enter": "\r", "cr": "\r", "esc": "\x1b", "tab": "\t", "bs": "\x7f", "del": "\x1b[3~", "space": " ", "lt": "<",
        "pgdn": "\x1b[6~", "pgup": "\x1b[5~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
        "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~",
        "f11": "\x1b[23~", "f12": "\x1b[24~"}
ARROWS = {"up": "A", "down": "B", "right": "C", "left": "D", "home": "H", "end": "F"}


def encode_keys(s, app):
    def one(m):
        k = m.group(1).lower()
        if k in KEYS: return KEYS[k]
        if k in ARROWS: return ("\x1bO" if app else "\x1b[") + ARROWS[k]
        if k.startswith("c-") and len(k) == 3: return chr(ord(k[2].upper()) & 31)
        return m.group(0)
    return re.sub(r"<([A-Za-z0-9-]+)>", one, s).encode()


# ---------------------------------------------------------------- process figures
def tree(pid):
    out = [pid]
    for p in out:
        try:
            for t in os.listdir("/proc/%d/task" % p):
                with open("/proc/%d/task/%s/children" % (p, t)) as f:
                    out += [int(c) for c in f.read().split()]
        except OSError: pass
    return out


def cpu_ns(pid):
    total = 0
    for p in tree(pid):
        try: total += time.clock_gettime_ns((~p << 3) | 2)     # the process's CPU clock
        except OSError: pass
    return total


def memory(pid):
    r = {"hwm_kb": 0, "rss_kb": 0, "tree_hwm_kb": 0, "procs": 0}
    for p in tree(pid):
        try:
            with open("/proc/%d/status" % p) as f: s = f.read()
        except OSError: continue
        h, v = re.search(r"VmHWM:\s+(\d+)", s), re.search(r"VmRSS:\s+(\d+)", s)
        if not h: continue
        r["procs"] += 1; r["tree_hwm_kb"] += int(h.group(1))
        if p == pid: r["hwm_kb"], r["rss_kb"] = int(h.group(1)), int(v.group(1))
    return r


QUERY = re.compile(rb"\x1b\[0?c|\x1b\[>0?c|\x1b\[[56]n|\x1b\]1[01];\?(?:\x07|\x1b\\)|\x1b\[18t|\x1b\[\?(\d+)\$p")


class Miss(Exception): pass


class Session:
    def __init__(self, argv, cols, rows, env, cwd, quiet, answer, trace=False):
        self.quiet, self.answer = quiet, answer
        self.term = Term(cols, rows)
        self.raw = bytearray() if trace else None
        self.z = zlib.compressobj(6)
        self.tail, self.dead, self.unfed = b"", False, []
        self.total = self.ztotal = 0
        master, slave = os.openpty()
        self.fd = master
        self.size(cols, rows)
        go_r, go_w = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setsid(); fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                for i in (0, 1, 2): os.dup2(slave, i)
                os.close(master)
                if slave > 2: os.close(slave)
                if cwd: os.chdir(cwd)
                signal.signal(signal.SIGPIPE, signal.SIG_DFL)
                os.read(go_r, 1)
                os.execvpe(argv[0], argv, env)
            except BaseException as e:
                os.write(2, ("exec: %s\r\n" % e).encode())
            os._exit(127)
        os.close(slave); os.close(go_r)
        os.set_blocking(master, False)
        self.poll = select.poll(); self.poll.register(master, select.POLLIN)
        time.sleep(0.02)                        # let the child reach its read()
        self.cpu0 = cpu_ns(self.pid)            # the forked Python's own share, taken off below
        self.t0 = time.perf_counter()
        os.write(go_w, b"x"); os.close(go_w)

    def size(self, cols, rows):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def read(self, timeout):
        """One read; None on silence.  Returns the arrival time."""
        if self.dead or not self.poll.poll(max(0, timeout * 1000)): return None
        try: d = os.read(self.fd, 1 << 16)
        except BlockingIOError: return None
        except OSError: d = b""
        t = time.perf_counter()
        if not d: self.dead = True; return None
        self.unfed.append(d); self.total += len(d)
        if self.raw is not None: self.raw += d
        if self.answer and b"\x1b" in self.tail + d: self.reply(d)
        self.tail = d[-24:]
        return t, len(d)

    def reply(self, d):
        s = self.tail + d
        for m in QUERY.finditer(s):
            if m.end() <= len(self.tail): continue
            q = m.group()
            if q.endswith(b"c"): r = b"\x1b[>0;276;0c" if b">" in q else b"\x1b[?62;22c"
            elif q.endswith(b"5n"): r = b"\x1b[0n"
            elif q.endswith(b"6n"): self.absorb(); r = b"\x1b[%d;%dR" % (self.term.y + 1, self.term.x + 1)
            elif q.endswith(b"t"): r = b"\x1b[8;%d;%dt" % (self.term.rows, self.term.cols)
            elif q.endswith(b"$p"): r = b"\x1b[?%s;0$y" % m.group(1)
            else: r = q[:4] + b";rgb:" + (b"ffff/ffff/ffff" if q[3:4] == b"0" else b"0000/0000/0000") + b"\x1b\\"
            os.write(self.fd, r)

    def absorb(self):
        for d in self.unfed:
            self.term.feed(d); self.ztotal += len(self.z.compress(d)) + len(self.z.flush(zlib.Z_SYNC_FLUSH))
        self.unfed = []

    @staticmethod
    def seen(text, screen):
        if not text: return True
        return bool(re.search(text[3:], screen, re.M)) if text.startswith("re:") else text in screen

    def settle(self, t0, expect=None, absent=None, timeout=30, quiet=None, need_output=True, grace=0.4):
        """Read until quiescent and the expected text is there.  Times in ms since t0."""
        quiet = quiet or self.quiet
        first = last = first_quiet = None
        nbytes = reads = 0
        b0 = self.ztotal
        end = t0 + timeout
        while True:
            now = time.perf_counter()
            if first is None: wait = (grace if not expect and not need_output else end - now)
            else: wait = quiet
            r = self.read(min(wait, max(0, end - now)))
            if r:
                t, n = r
                if first is None: first = t
                last = t; nbytes += n; reads += 1
                continue
            self.absorb()
            screen = self.term.text()
            ok = self.seen(expect, screen) and not (absent and self.seen(absent, screen))
            if last is not None and first_quiet is None: first_quiet = last
            over = time.perf_counter() >= end or self.dead
            if over or (ok and (first is not None or not need_output)):
                ms = lambda t: None if t is None else round((t - t0) * 1000, 4)
                return {"first_ms": ms(first), "last_ms": ms(last), "first_quiet_ms": ms(first_quiet), "bytes": nbytes,
                        "zbytes": self.ztotal - b0, "reads": reads, "ok": ok and not (expect is None and need_output and first is None)}

    def stop(self):
        for sig, wait in ((signal.SIGHUP, 1), (signal.SIGTERM, 1), (signal.SIGKILL, 5)):
            if self.reap(0): break
            try: os.kill(self.pid, sig)
            except ProcessLookupError: pass
            if self.reap(wait): break
        os.close(self.fd)

    usage = None
    def reap(self, wait):
        end = time.perf_counter() + wait
        while self.usage is None:
            p, st, ru = os.wait4(self.pid, os.WNOHANG)
            if p:
                self.usage = {"status": st, "user_s": round(ru.ru_utime, 4), "sys_s": round(ru.ru_stime, 4),
                              "exit_at": time.perf_counter()}
                break
            if time.perf_counter() >= end: break
            self.read(0.002)
        return self.usage is not None


def dist(v):
    v = sorted(x for x in v if x is not None)
    if not v: return None
    return {"n": len(v), "median": round(statistics.median(v), 3), "min": round(v[0], 3), "max": round(v[-1], 3),
            "p95": round(v[min(len(v) - 1, int(len(v) * .95))], 3),
            "p99": round(v[min(len(v) - 1, int(len(v) * .99))], 3), "mean": round(sum(v) / len(v), 3)}


def parse_size(s):
    c, r = s.lower().split("x"); return int(c), int(r)


def run_once(a, steps, env):
    cols, rows = parse_size(a.size)
    if a.pre: subprocess.run(a.pre, shell=True, check=True, stdout=subprocess.DEVNULL)
    s = Session(a.argv, cols, rows, env, a.cwd, a.quiet_ms / 1000, not a.no_answer, bool(a.raw))
    out = {"load1": os.getloadavg()[0], "steps": []}
    shots = []
    try:
        r = s.settle(s.t0, a.ready, a.not_ready, a.ready_timeout_s)
        out["start"] = dict(r, ready_ms=r["last_ms"], cpu_ms=round((cpu_ns(s.pid) - s.cpu0) / 1e6, 3), **memory(s.pid))
        shots.append(("start", s.term.text()))
        if not r["ok"]: raise Miss("ready text never seen: %r" % a.ready)
        for st in steps:
            out["steps"].append(step(s, st))
            shots.append((st.get("name", "?"), s.term.text()))
    except Miss as e:
        out["error"] = str(e); out["screen"] = s.term.text().split("\n")
    out["end"] = dict(memory(s.pid), cpu_ms=round((cpu_ns(s.pid) - s.cpu0) / 1e6, 3)) if s.usage is None else {}
    s.stop()
    u = dict(s.usage or {}); u.pop("exit_at", None)
    out["exit"] = u
    out["bytes_total"], out["zbytes_total"] = s.total, s.ztotal
    if s.term.unknown: out["unknown_sequences"] = {repr(k): v for k, v in list(s.term.unknown.items())[:8]}
    if a.raw:
        with open(a.raw, "wb") as f: f.write(s.raw)
    if a.shots:
        with open(a.shots, "w") as f:
            for n, t in shots: f.write("=== %s\n%s\n" % (n, t))
    return out


def step(s, st):
    name = st.get("name", st.get("keys", "?"))
    timeout, quiet = st.get("timeout_s", 30), st.get("quiet_ms", 0) / 1000 or None
    expect, absent = st.get("expect"), st.get("absent")
    if st.get("pause_ms"):
        end = time.perf_counter() + st["pause_ms"] / 1000
        while time.perf_counter() < end: s.read(end - time.perf_counter())
        s.absorb()
    res = {"name": name, "samples": []}
    if st.get("exit"):
        t0 = time.perf_counter()
        mem, cpu = memory(s.pid), cpu_ns(s.pid) - s.cpu0
        os.write(s.fd, encode_keys(st["keys"], 1 in s.term.modes))
        ok = s.reap(timeout)
        res.update(mem, cpu_before_ms=round(cpu / 1e6, 3), ok=ok, exit_ms=round((s.usage["exit_at"] - t0) * 1000, 3) if ok else None)
        return res
    warm = st.get("warmup", 0)
    for i in range(st.get("repeat", 1) + warm):
        c0 = cpu_ns(s.pid)
        t0 = time.perf_counter()
        if "resize" in st:
            c, r = parse_size(st["resize"])
            s.absorb(); s.term.resize(c, r)
            t0 = time.perf_counter(); s.size(c, r)
        elif st.get("wait"):
            if st.get("from_start"): t0 = s.t0
        else:
            k = encode_keys(st["keys"], 1 in s.term.modes) * st.get("burst", 1)
            os.write(s.fd, k)
        waiting = bool(st.get("wait"))
        r = s.settle(t0, expect, absent, timeout + (time.perf_counter() - t0), quiet, need_output=bool(expect) and not waiting)
        r["cpu_ms"] = round((cpu_ns(s.pid) - c0) / 1e6, 4)
        if i >= warm: res["samples"].append(r)
        if s.dead and not expect: break
        if not r["ok"]:
            if st.get("soft"): break
            raise Miss("step %r: text not as expected: %r / absent %r" % (name, expect, absent))
    v = res["samples"]
    for k in ("first_ms", "last_ms", "bytes", "zbytes", "reads", "cpu_ms"): res[k] = dist([x[k] for x in v])
    res["silent"] = sum(1 for x in v if x["first_ms"] is None)
    res["ok"] = all(x["ok"] for x in v)
    return res


def summary(runs):
    good = [r for r in runs if "error" not in r]
    out = {"runs": len(runs), "failed": len(runs) - len(good)}
    if not good: return out
    for k in ("ready_ms", "first_ms", "first_quiet_ms", "bytes", "hwm_kb", "tree_hwm_kb", "cpu_ms"):
        out["start_" + k] = dist([r["start"][k] for r in good])
    out["user_s"], out["sys_s"] = dist([r["exit"].get("user_s") for r in good]), dist([r["exit"].get("sys_s") for r in good])
    out["steps"] = {}
    for i, st in enumerate(good[0]["steps"]):
        pool = [x for r in good for x in r["steps"][i].get("samples", [])]
        d = {k: dist([x[k] for x in pool]) for k in ("first_ms", "last_ms", "bytes", "zbytes", "reads", "cpu_ms")} if pool else {}
        d["silent"] = sum(1 for x in pool if x["first_ms"] is None)
        for k in ("exit_ms", "hwm_kb", "tree_hwm_kb"):
            v = [r["steps"][i].get(k) for r in good]
            if any(x is not None for x in v): d[k] = dist(v)
        name, n = st["name"], 2
        while name in out["steps"]: name = "%s#%d" % (st["name"], n); n += 1
        out["steps"][name] = d
    return out


def brief(res):
    def c(d, f="%.1f"):
        return "-" if not d else (f + " (" + f + "-" + f + ")") % (d["median"], d["min"], d["max"])
    u, w = res["summary"], sys.stderr.write
    w("## %s [%s] runs %d failed %d load %.2f\n" % (res["label"] or " ".join(res["argv"]), res["size"], u["runs"], u["failed"],
                                                  res["runs"][-1]["load1"]))
    for r in res["runs"]:
        if "error" in r: w("   ERROR " + r["error"] + "\n")
    if "steps" not in u: return
    w("   %-14s ready %s ms, first byte %s, bytes %s, cpu %s ms, hwm %s MB (tree %s)\n" % (
        "start", c(u["start_ready_ms"]), c(u["start_first_ms"]), c(u["start_bytes"], "%d"), c(u["start_cpu_ms"]),
        "%.1f" % (u["start_hwm_kb"]["median"] / 1024), "%.1f" % (u["start_tree_hwm_kb"]["median"] / 1024)))
    for n, d in u["steps"].items():
        if "exit_ms" in d: w("   %-14s exit %s ms, hwm %.1f MB (tree %.1f)\n" % (n, c(d["exit_ms"]), d["hwm_kb"]["median"] / 1024,
                                                                              d["tree_hwm_kb"]["median"] / 1024))
        else: w("   %-14s first %s  last %s p95 %s ms  bytes %s z %s  cpu %s ms silent %d\n" % (
            n, c(d["first_ms"], "%.2f"), c(d["last_ms"], "%.2f"), d["last_ms"] and "%.2f" % d["last_ms"]["p95"],
            c(d["bytes"], "%d"), d["zbytes"] and "%d" % d["zbytes"]["median"], c(d["cpu_ms"], "%.2f"), d["silent"]))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--size", default="120x40", help="COLSxROWS")
    p.add_argument("--ready", help="text on the screen that means: first complete paint")
    p.add_argument("--not-ready", help="text that must have gone from the screen")
    p.add_argument("--ready-timeout-s", type=float, default=120)
    p.add_argument("--script", default="[]", help="JSON file, or JSON itself")
    p.add_argument("--runs", type=int, default=1)
    p.add_argument("--quiet-ms", type=float, default=50)
    p.add_argument("--term", default="xterm-256color")
    p.add_argument("--env", action="append", default=[], metavar="K=V")
    p.add_argument("--cwd")
    p.add_argument("--pre", help="shell command before every run (drop a cache, reset a state)")
    p.add_argument("--no-answer", action="store_true", help="do not answer terminal queries (DA, DSR, OSC 10/11)")
    p.add_argument("--raw", help="write the bytes of the last run here")
    p.add_argument("--shots", help="write the screens after each step of the last run here")
    p.add_argument("--samples", action="store_true", help="keep every sample in the JSON")
    p.add_argument("--out", help="write the JSON here instead of stdout")
    p.add_argument("--brief", action="store_true", help="a table on stderr as well")
    p.add_argument("--label", default="")
    p.add_argument("argv", nargs="+")
    a = p.parse_args()
    text = a.script if a.script.lstrip().startswith("[") else open(a.script).read()
    steps = json.loads(text)
    env = dict(os.environ, TERM=a.term)
    for k in ("LINES", "COLUMNS"): env.pop(k, None)
    for kv in a.env:
        k, v = kv.split("=", 1); env[k] = v
    runs = [run_once(a, steps, env) for _ in range(a.runs)]
    res = {"label": a.label, "argv": a.argv, "size": a.size, "term": a.term, "quiet_ms": a.quiet_ms, "summary": summary(runs),
           "runs": runs}
    if not a.samples:
        for r in runs:
            for st in r["steps"]: st.pop("samples", None)
    if a.brief: brief(res)
    with (open(a.out, "w") if a.out else sys.stdout) as f:
        json.dump(res, f, indent=1, ensure_ascii=False); f.write("\n")
    return 1 if res["summary"]["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
