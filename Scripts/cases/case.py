"""One case: a folder with `case.json`, run against the real program. Tests/Cases/README.md says how
it is written."""

import json
import os
import re
import shutil
import subprocess

from helpdesk import Helpdesk
from pane import Pane

# A step that needs longer than this does not end.
PATIENCE = 60


class Failure(Exception):
    """An expectation that does not hold."""


class Case:
    def __init__(self, folder, program, scratch):
        self.folder, self.program = folder, program
        self.scratch = scratch
        self.profile = os.path.join(scratch, "profile")
        self.transcript = []
        with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
            self.case = self.filled(json.load(file))
        self.environment = dict(
            os.environ, HOME=scratch, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8",
            SWIFT_BACKTRACE="enable=no", TZ="UTC")
        for name in ("TICKET_CONSOLE_PROFILE", "NO_COLOR", "https_proxy", "HTTPS_PROXY",
                     "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            self.environment.pop(name, None)

    def filled(self, value):
        """Puts the text of a file where the case says {"file": NAME}."""
        if isinstance(value, dict):
            if set(value) == {"file"}:
                path = os.path.join(self.folder, value["file"])
                with open(path, encoding="utf-8", newline="") as file:
                    return file.read()
            return {key: self.filled(inner) for key, inner in value.items()}
        return [self.filled(inner) for inner in value] if isinstance(value, list) else value

    def run(self):
        """Returns None, or the sentence that says what does not hold."""
        os.makedirs(self.scratch)
        self.helpdesk = Helpdesk(self.case.get("helpdesk", {}))
        try:
            if self.case.get("connect", True):
                self.call(["connect", "--url", self.helpdesk.url, "--api-key-stdin",
                           "--name", "acme"], "key\n", {"exit": 0})
                if self.case.get("sync", True):
                    self.call(["sync"], "", {"exit": 0})
            for step in self.case["steps"]:
                self.take(step)
        except Failure as failure:
            return str(failure)
        finally:
            self.helpdesk.stop()
            with open(os.path.join(self.scratch, "transcript"), "w", encoding="utf-8") as file:
                file.write("\n".join(self.transcript))
            shutil.rmtree(self.profile, ignore_errors=True)
        return None

    # Steps

    def take(self, step):
        if "config" in step:
            os.makedirs(os.path.join(self.profile), mode=0o700, exist_ok=True)
            with open(os.path.join(self.profile, "config.toml"), "w", encoding="utf-8") as file:
                file.write(step["config"].replace("@URL@", self.helpdesk.url))
        elif "run" in step:
            self.call(step["run"], step.get("input", ""), step)
        elif "thread" in step:
            output = self.call(["show", str(step["thread"]), "--json"], "", {"exit": 0})
            entries = json.loads(output)["conversations"]
            self.hold("\n\n".join(entry["text"] for entry in entries), step)
        elif "type" in step:
            self.type(step)
        elif "requests" in step:
            self.requests(step)
        elif "change" in step:
            self.helpdesk.change(step["change"], step["fields"])
        elif "add" in step:
            self.helpdesk.add(step["add"], step["entry"])
        elif step.get("helpdesk") == "stop":
            self.helpdesk.stop()
        else:
            raise Failure(f"no such step: {json.dumps(step)[:80]}")

    def call(self, arguments, text, expected):
        arguments = [
            a.replace("@CASE@", self.folder).replace("@SCRATCH@", self.scratch)
            .replace("@URL@", self.helpdesk.url) for a in arguments]
        done = subprocess.run(
            [self.program, "--profile", self.profile, *arguments], input=text,
            capture_output=True, text=True, timeout=PATIENCE, env=self.environment)
        seen = done.stdout + done.stderr
        self.transcript.append(f"$ {' '.join(arguments)}\n{seen}[exit code {done.returncode}]")
        if "exit" in expected and done.returncode != expected["exit"]:
            raise Failure(
                f"{' '.join(arguments)}: exit code {done.returncode}, not {expected['exit']}: "
                + (done.stderr.strip().splitlines() or [""])[-1])
        self.hold(seen, expected)
        return done.stdout

    def type(self, step):
        """Opens the console and types; each entry is keys, or {"see": pattern}, which waits."""
        columns, rows = step.get("size", [100, 30])
        pane = Pane([self.program, "--profile", self.profile], columns, rows, self.environment)
        try:
            # Keys that come before the first frame would be echoed by the terminal.
            for part in [{"see": r"\S"}, *step["type"]]:
                if isinstance(part, str):
                    pane.type(part)
                elif not pane.wait(
                        lambda screen: re.search(part["see"], screen, re.S) is not None,
                        step.get("patience", 20)):
                    self.transcript.append(pane.screen)
                    raise Failure(f"never seen on the screen: {part['see']}")
                else:
                    self.transcript.append(pane.screen)
            self.hold(pane.screen, step)
        finally:
            self.transcript.append(pane.screen)
            pane.close()

    def requests(self, step):
        wanted = step["requests"]
        found = [
            r for r in self.helpdesk.requests
            if r["method"] == wanted.get("method", r["method"])
            and re.fullmatch(wanted.get("path", ".*"), r["path"])]
        lines = "\n".join(
            f"{r['method']} {r['path']} {r['status']} authorization={r['authorization']} {r['body']}"
            for r in found)
        self.transcript.append(lines)
        if "number" in step and len(found) != step["number"]:
            raise Failure(f"{len(found)} requests instead of {step['number']}")
        self.hold(lines, step)

    def hold(self, text, expected):
        """Holds what was seen against the expectations of a step."""
        for pattern in expected.get("shows", []):
            if not re.search(pattern, text, re.M | re.S):
                raise Failure(f"not shown: {pattern}")
        for pattern in expected.get("hides", []):
            if re.search(pattern, text, re.M | re.S):
                raise Failure(f"shown: {pattern}")
        for pattern, number in expected.get("count", {}).items():
            found = len(re.findall(pattern, text, re.M))
            if found != number:
                raise Failure(f"shown {found} times instead of {number}: {pattern}")
