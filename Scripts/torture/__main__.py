"""Works the real program hard, harms it at random, and holds the outcome against the promise.

usage: python3 Scripts/torture --program PATH [--duration SECONDS] [--seed N]

Starts a sandbox and lets several processes of the program, two consoles on terminals among them,
write to it through one journal, while requests fail in every known way, the connection goes away
and comes back, clocks jump, attached files change, editors fail, the disk is full for some seconds,
and processes are killed with SIGKILL. Then it heals everything, lets the outbox come to rest,
compares what the helpdesk got with the journal, the audit and what the program said, and lets
copies of the profile send. The last line has the figures; the exit code is 1 when anything was lost,
doubled, altered or not confirmed, when a user's words were lost, or when a sentence was not true.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from crew import Run  # noqa: E402
from desk import Sandbox, Weather, Wire, private_folder  # noqa: E402
from mischief import Clocks, Copies, Disk, Editors, Files  # noqa: E402
from verdict import Verdict  # noqa: E402

ACCOUNT = "torture"
# What will still move by itself. A status that follows a reply waits as long as the reply.
MOVING = """
    SELECT count(*) FROM writes AS w LEFT JOIN writes AS p ON p.id = w.follows
    WHERE w.state IN ('queued', 'sending')
    OR (w.state = 'unknown' AND w.looks_left > 0 AND w.given_up = 0)
    OR (w.state = 'confirmed' AND (p.id IS NULL OR p.state IN ('queued', 'sending', 'sent')
      OR (p.state = 'unknown' AND p.looks_left > 0 AND p.given_up = 0)))
"""


def program(run, *arguments, text=None, timeout=120):
    """Runs the program unharmed."""
    return subprocess.run(
        [run.program, "--profile", run.profile, *arguments], input=text, text=True,
        capture_output=True, timeout=timeout, env=run.environment)


def rest(run, folder, limit):
    """Lets the outbox come to rest, for as long as less and less waits; returns how many writes
    have not."""
    end, least = time.monotonic() + limit, None
    while True:
        process = subprocess.Popen(
            [run.program, "--profile", run.profile, "flush"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=run.environment)
        try:
            process.wait(min(150, max(2, end - time.monotonic())))
        except subprocess.TimeoutExpired:
            # Asked to end, not killed: it finishes what is on its way and the audit's last lines.
            process.send_signal(signal.SIGINT)
            process.wait(120)
        base = sqlite3.connect(f"file:{folder}/journal.db?mode=ro", uri=True)
        waiting = base.execute(MOVING).fetchone()[0]
        base.close()
        if least is not None and waiting < least and limit > 60:
            end = max(end, time.monotonic() + limit / 2)
        least = waiting if least is None else min(least, waiting)
        if waiting == 0 or time.monotonic() >= end:
            return waiting
        print(f"torture: {waiting} writes have not come to rest", file=sys.stderr)
        time.sleep(0.5)


def main():
    parser = argparse.ArgumentParser(prog="torture", description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", default=".build/debug/ticket-console")
    parser.add_argument("--duration", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    parser.add_argument("--rest", type=float, help="seconds for the outbox to come to rest")
    parser.add_argument("--tickets", type=int, default=400)
    parser.add_argument("--keep", action="store_true", help="keep the profile, and say where it is")
    options = parser.parse_args()
    # A write with an unknown outcome is looked for until two minutes later.
    isLong = options.duration >= 120
    limit = options.rest if options.rest is not None else 400 if isLong else 20
    began = time.monotonic()
    place = tempfile.mkdtemp(prefix="ticket-console-torture-")
    disk = Disk(os.path.join(place, "disk"))
    profile = private_folder(os.path.join(disk.folder, "profile"))
    with open(os.path.join(profile, "config.toml"), "w", encoding="utf-8") as file:
        file.write("hold_seconds = 2\n")
    sandbox = Sandbox(os.path.abspath(options.program), options.tickets, options.seed)
    try:
        wire = Wire(sandbox.port)
        mischief = {
            "clocks": Clocks(place, options.seed), "files": Files(place, options.seed),
            "disk": disk, "editors": Editors(place), "copies": Copies(place, profile)}
        run = Run(os.path.abspath(options.program), profile, sandbox.agents, options.seed, mischief,
                  most_waiting=1500 if isLong else 120)
        for arguments, text in (
            (["connect", "--url", wire.url, "--api-key-stdin", "--name", ACCOUNT], sandbox.key),
            (["sync"], None),
        ):
            done = program(run, *arguments, text=text)
            if done.returncode != 0:
                sys.exit(f"torture: cannot begin: {done.stderr}")
        listed = json.loads(program(run, "list", "--json", "--limit", "5000").stdout)
        folder = os.path.join(profile, "accounts", ACCOUNT)
        run.begin_with(listed, folder)
        weather = Weather(sandbox, wire, mischief, run.tickets, options.seed, 14, isLong)
        run.work(options.duration, weather)
        waiting = rest(run, folder, limit)
        sandbox.collect()
        verdict = Verdict(folder, sandbox, run.tickets, run.ledger, run.files)
        checked = program(run, "audit", "verify")
        if checked.returncode != 0:
            verdict.unconfirmed.append(f"audit verify: {checked.stderr.strip()}")
        sent_by_copies = flush_copies(run, verdict, 60 if isLong else 8)
        return report(verdict, run, weather, wire, waiting, options, sent_by_copies,
                      time.monotonic() - began)
    finally:
        sandbox.stop()
        if not options.keep:
            disk.unmount()
        if options.keep:
            print(f"torture: kept {place}", file=sys.stderr)
        else:
            shutil.rmtree(place, ignore_errors=True)


def flush_copies(run, verdict, seconds):
    """Lets every copy of the profile send what it still holds; returns how many entries came."""
    before, came = verdict.found, 0
    for folder in run.copies.folders:
        process = subprocess.Popen(
            [run.program, "--profile", folder, "flush"], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=run.environment)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            process.wait(120)
        # What one copy has sent legitimately, the next one must not send again.
        came = verdict.copies(before)
    return came


def report(verdict, run, weather, wire, waiting, options, sent_by_copies, seconds):
    """Prints the findings and the closing line; returns the exit code."""
    for title in verdict.TITLES:
        for finding in getattr(verdict, title)[:25]:
            print(f"torture: {title}: {finding}", file=sys.stderr)
    states = ", ".join(f"{count} {state}" for state, count in sorted(verdict.states().items()))
    kinds = {}
    for entry in weather.sandbox.requests:
        if entry["fault"]:
            kinds[entry["fault"]] = kinds.get(entry["fault"], 0) + 1
    ordered = sum(kinds.values())
    print("torture: writes by state: " + states)
    print("torture: faults by kind: "
          + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
          + f", {wire.cuts} connections cut, {weather.outages} outages, "
          + f"{run.clocks.jumps} clock jumps, {run.files.changes} changed files, "
          + f"{run.disk.fills} full disks, {run.ledger.editors} editors")
    print(f"torture: {run.ledger.undos} times u, {len(run.copies.folders)} copies of the profile, "
          + f"{sent_by_copies} entries sent by them")
    figures = {
        "writes": len(verdict.journal.writes), "kills": run.ledger.kills,
        "faults": ordered + wire.cuts + weather.outages + run.clocks.jumps + run.files.changes
        + run.disk.fills,
        "lost": len(verdict.lost), "doubled": len(verdict.doubled),
        "unconfirmed": len(verdict.unconfirmed), "altered": len(verdict.altered),
        "drafts_lost": len(verdict.drafts), "untrue": len(verdict.untrue), "unsettled": waiting, "runs": run.ledger.runs,
        "consoles": run.ledger.consoles, "requests": len(weather.sandbox.requests),
        "seconds": round(seconds), "seed": options.seed}
    print("torture: " + " ".join(f"{name}={figure}" for name, figure in figures.items()))
    # A short run does not wait for the last look of two minutes, so some may be on their way.
    isSettled = waiting == 0 or options.duration < 120
    return 0 if verdict.is_good and isSettled else 1


if __name__ == "__main__":
    sys.exit(main())
