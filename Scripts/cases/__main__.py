"""Runs cases: small scripted helpdesks, what is done with them, and what has to be seen.

usage: python3 Scripts/cases --program PATH [--folder DIR]... [NAME...]

Each folder below DIR (default: Tests/Cases) that has a `case.json` is one case, named by its path;
a NAME chooses those that contain it. A folder that brings a runner of its own, an executable
`judge.py`, is run by that, with the program's path in the variable TC. Prints one line for each case
that fails and a count; the exit code is 1 when any failed.
"""

import argparse
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "Scripts"))

from case import Case  # noqa: E402


def found(folder, names):
    for path, folders, files in sorted(os.walk(folder)):
        folders.sort()
        name = os.path.relpath(path, folder)
        if "case.json" in files and (not names or any(n in name for n in names)):
            yield name, path


def one(name, path, program, scratch):
    """Returns name, failure or None, whether it was expected to fail, and where the transcript is."""
    case = None
    try:
        case = Case(path, program, scratch)
        failure = case.run()
    except Exception as error:  # A case that breaks the runner fails; the others go on.
        failure = f"{type(error).__name__}: {error}"
    return name, failure, case is not None and case.case.get("pending"), scratch


def main():
    parser = argparse.ArgumentParser(prog="cases", description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/debug/ticket-console"))
    parser.add_argument("--folder", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=min(4, 2 * (os.cpu_count() or 1)))
    parser.add_argument("--verbose", action="store_true", help="say also what passed")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    scratch = tempfile.mkdtemp(prefix="cases-")
    start, passed, failed, pending, foreign = time.monotonic(), 0, 0, 0, 0
    for at, folder in enumerate(options.folder or [os.path.join(ROOT, "Tests/Cases")]):
        judge = os.path.join(folder, "judge.py")
        if os.access(judge, os.X_OK):
            done = subprocess.run(
                [os.path.abspath(judge), *options.names], env=dict(os.environ, TC=program))
            foreign += done.returncode != 0
            continue
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            runs = [
                pool.submit(one, name, path, program, os.path.join(scratch, f"{at}-{number}"))
                for number, (name, path) in enumerate(found(folder, options.names))]
            for run in concurrent.futures.as_completed(runs):
                name, failure, is_pending, where = run.result()
                if failure is None:
                    passed += 1
                    if is_pending or options.verbose:
                        print("passes" + (", and is no longer pending:" if is_pending else ""), name)
                elif is_pending:
                    pending += 1
                    if options.verbose:
                        print(f"pending {name}: {failure}")
                else:
                    failed += 1
                    print(f"FAILS {name}: {failure}\n  transcript: {where}/transcript", flush=True)
    print(f"cases: {passed} passed, {failed} failed"
          + (f", {pending} pending" if pending else "")
          + f" in {time.monotonic() - start:.0f} s")
    if not failed:
        shutil.rmtree(scratch, ignore_errors=True)
    return 1 if failed or foreign else 0


if __name__ == "__main__":
    sys.exit(main())
