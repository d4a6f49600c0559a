"""Lets a seeded robot use the console for a long time and watches that nothing grows or breaks.

usage: python3 Scripts/soak --program PATH [--duration SECONDS] [--seed N]

Starts a sandbox whose customers write now and then, some of them with text that would harm a
terminal, and the console on a pseudo-terminal in front of it. The last line has the figures; the
exit code is 1 when the program ended, stopped answering, let text through as commands, kept files
open, or had more than 5 % more memory in the last five minutes than in the first (for runs under
half an hour: in the last sixth than in the first).
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "torture")]

from desk import Sandbox, private_folder  # noqa: E402
from pane import Pane  # noqa: E402
from ptybench import tree  # noqa: E402
from robot import Robot  # noqa: E402
from watch import Bytes, Samples  # noqa: E402

# More than one process needs for its requests.
CONNECTIONS = 12
# A shell with job control, so that Ctrl-z stops the program as it does for a person.
# Not a loop: bash leaves a loop whose job is stopped.
SHELL = """
set -m
again() {
  fg >/dev/null
  local code=$?
  if [ -n "$(jobs -s)" ]; then again; else exit $code; fi
}
"$@"
code=$?
if [ -n "$(jobs -s)" ]; then again; else exit $code; fi
"""
HARM = ["\x1b]0;owned\x07title", "\x1b[?7777h\x1b[7777;1Hmoved", "\x9b7777hC1", "\u202eevil\u202c txt",
        "\u2066in\u2069", "bell\x07\x08\x08back", "\x1bP7777\x1b\\dcs", "\x1b_7777\x1b\\apc",
        "z\u0335\u0334" * 40, "w\u200d" * 200, "long" * 3000, "\ufeffbom\u200f", "nul\x00 del\x7f"]


def program_of(pane):
    """The process of the program itself, below the shell that started it."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for pid in tree(pane.process.pid)[1:]:
            try:
                with open(f"/proc/{pid}/comm", encoding="ascii", errors="replace") as file:
                    if file.read().strip() != "bash":
                        return pid
            except OSError:
                pass
        pane.pump(0.05)
    sys.exit("soak: the program did not start")


class Customers:
    """Write to the sandbox what no terminal may ever see."""

    def __init__(self, sandbox, seed):
        self.sandbox = sandbox
        self.random = random.Random(f"{seed}/customers")
        self.tickets = [ticket["id"] for ticket in sandbox.read("/tickets?per_page=100")]
        for harm in HARM:
            self._create(harm)

    def _create(self, harm):
        try:
            self.tickets.append(self.sandbox.read("/tickets", {
                "subject": f"{harm[:200]} subject", "description": f"<p>{harm}</p>", "priority": 2,
                "status": 2, "email": "guest@customer.example", "source": 2})["id"])
        except urllib.error.HTTPError:
            pass

    def write(self):
        ticket = self.random.choice(self.tickets)
        body = f"again: {self.random.choice(HARM)} and more"
        try:
            self.sandbox.order("POST", f"/tickets/{ticket}/customer_reply", {"body": body})
        except urllib.error.HTTPError:
            pass


def main():
    parser = argparse.ArgumentParser(prog="soak", description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", default=".build/release/ticket-console")
    parser.add_argument("--duration", type=float, default=1800)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--tickets", type=int, default=1000)
    parser.add_argument("--samples", help="write every sample into this file")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    place = tempfile.mkdtemp(prefix="ticket-console-soak-")
    environment = {k: v for k, v in os.environ.items() if k not in ("LINES", "COLUMNS", "NO_COLOR")}
    environment |= {"SWIFT_BACKTRACE": "enable=no", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
                    "EDITOR": "true", "VISUAL": "true", "BROWSER": "true"}
    sandbox = Sandbox(program, options.tickets, options.seed, "--live")
    try:
        customers = Customers(sandbox, options.seed)
        profile = private_folder(os.path.join(place, "profile"))
        with open(os.path.join(profile, "config.toml"), "w", encoding="utf-8") as file:
            file.write("hold_seconds = 2\nsync_seconds = 5\n")
        for arguments in (["connect", "--url", sandbox.url, "--api-key-stdin", "--name", "soak"],
                          ["sync"]):
            done = subprocess.run(
                [program, "--profile", profile, *arguments], input=sandbox.key, text=True,
                capture_output=True, env=environment, timeout=300)
            if done.returncode != 0:
                sys.exit(f"soak: cannot begin: {done.stderr}")
        return soak(options, [program, "--profile", profile], environment, customers)
    finally:
        sandbox.stop()
        shutil.rmtree(place, ignore_errors=True)


def soak(options, command, environment, customers):
    seen = Bytes()
    pane = Pane(["bash", "-c", SHELL, "soak", *command], 120, 40, environment, watch=seen.take)
    problems = []
    try:
        if not pane.wait("? help", 30):
            sys.exit(f"soak: the console did not come up:\n{pane.screen}")
        samples = Samples(program_of(pane))
        robot = Robot(pane, random.Random(options.seed))
        began = now = time.monotonic()
        next_sample, next_customer, acts = began, began, 0
        while now - began < options.duration and not problems:
            robot.act()
            acts += 1
            now = time.monotonic()
            if now >= next_customer:
                customers.write()
                next_customer = now + 4
            if now >= next_sample:
                next_sample = now + 2
                if not samples.take(now - began):
                    pane.ended(5)
            if pane.is_over:
                code = pane.close()
                problems.append(f"the program ended with {code}, the last screen was\n{pane.screen}")
            elif robot.problem:
                problems.append(f"{robot.problem}, the last screen was\n{pane.screen}")
            problems += [f"reached the terminal: {finding}" for finding in seen.findings[:20]]
        # An end that is asked for must be a clean one.
        if not pane.is_over:
            os.kill(samples.pid, 15)
            if not pane.ended(15):
                problems.append("SIGTERM did not end it")
            elif pane.close() not in (0, 129, 143, -15):
                problems.append(f"it ended with {pane.process.returncode}")
    finally:
        if pane.process.poll() is None:
            os.kill(samples.pid, 9)
            pane.close(2)
    return report(options, samples, robot, seen, acts, now - began, problems)


def report(options, samples, robot, seen, acts, seconds, problems):
    (memory, memory_end), (files, files_end), (sockets, sockets_end) = samples.medians(seconds)
    growth = 100 * (memory_end - memory) / memory
    if growth > 5:
        problems.append(f"memory grew from {memory:.0f} kB to {memory_end:.0f} kB")
    if files_end > files + 1:
        problems.append(f"open files went from {files:.0f} to {files_end:.0f}")
    # Connections come and go with what is sent, so there is a bound and no comparison.
    most = max(sample[3] for sample in samples.taken)
    if most > CONNECTIONS:
        problems.append(f"{most} sockets were open at once")
    if robot.pane.term.unknown:
        problems.append(f"unknown sequences: {list(robot.pane.term.unknown)[:5]!r}")
    if options.samples:
        with open(options.samples, "w", encoding="ascii") as file:
            for sample in samples.taken:
                file.write("%.0f %d %d %d\n" % sample)
    for problem in problems:
        print(f"soak: {problem}", file=sys.stderr)
    if problems:
        print(f"soak: the last keys were {' '.join(robot.last)}", file=sys.stderr)
    figures = {
        "keys": robot.keys, "acts": acts, "confirmed": robot.sent, "stops": robot.stops,
        "terminal_bytes": seen.count, "rss_first_kb": round(memory), "rss_last_kb": round(memory_end),
        "growth_percent": f"{growth:.1f}", "rss_peak_kb": max(s[1] for s in samples.taken),
        "files_first": round(files), "files_last": round(files_end),
        "sockets_first": round(sockets), "sockets_last": round(sockets_end), "sockets_peak": most,
        "slowest_answer_ms": round(1000 * robot.slowest), "problems": len(problems),
        "seconds": round(seconds), "seed": options.seed}
    print("soak: " + " ".join(f"{name}={figure}" for name, figure in figures.items()))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
