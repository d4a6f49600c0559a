"""The commands of a torture run: processes that write, send and tidy, and are killed."""

import json
import random
import re
import signal
import subprocess
import threading
import time

from journal import attempts_by

STATUSES = ["open", "pending", "open", "pending", "resolved", "closed"]
PRIORITIES = ["low", "medium", "high", "urgent"]
WORDS = ["Grüße", "<b>not bold</b>", "a & b", "naïve", "こんにちは", "شكرا", "\"quoted\"", "1 < 2",
         "--", "line\nbreak", "two  blanks", "x" * 70, "https://example.com/?a=1&b=2", "👍🏽"]


#: What a command may claim about the words it was given, and whether they may be in the journal or
#: have been sent by that very process all the same.
NOTHING_QUEUED = re.compile(r"[Nn]othing was queued")
NOTHING_SENT = re.compile(r"[Nn]othing was sent")


class Ledger:
    """What the crew has done and was told; shared by all of it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.kills = 0
        self.runs = 0
        self.acknowledged = {}
        self.consoles = 0
        # By token: what was typed into a console, and how far the screen said it has come.
        self.typed = {}
        self.lost_drafts = []
        #: Tokens that the program said were not queued.
        self.refused = set()
        #: Tokens of replies that the program said were taken back.
        self.taken_back = set()
        self.tokens = 0
        self.signs = []
        self.untrue = []
        self.undos = 0
        self.editors = 0

    def token(self):
        with self.lock:
            self.tokens += 1
            return f"tok-{self.tokens:06d}"

    def acknowledge(self, items):
        with self.lock:
            for item in items:
                self.acknowledged[item["id"]] = item

    def suspect(self, sign):
        """Something that must not happen whatever was done to the program."""
        with self.lock:
            self.signs.append(sign)

    def lose(self, words):
        """Words of a user that are nowhere any more."""
        with self.lock:
            self.lost_drafts.append(words)

    def lie(self, sentence):
        """The program said or showed something that was not so."""
        with self.lock:
            self.untrue.append(sentence)


class Worker(threading.Thread):
    """Starts one process after the other, and kills many of them."""

    #: How likely a process is killed, and the longest it may take, in seconds.
    killing, patience = 0.35, 12

    def __init__(self, name, run, seed):
        super().__init__(daemon=True, name=name)
        self.run_order = run
        self.random = random.Random(f"{seed}/{name}")
        self.usual = 0.4

    def run(self):
        while not self.run_order.over.is_set():
            self.act()

    def act(self):
        raise NotImplementedError

    def start_program(self, *arguments, text=None, interrupt=False, isOnly=True):
        """Runs the program once; returns exit code and output, or None when it was killed."""
        order, pick = self.run_order, self.random
        process = subprocess.Popen(
            [order.program, "--profile", order.profile, *arguments], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=order.clock_of(pick))
        limit, sign = self.patience, signal.SIGKILL
        if interrupt:
            limit, sign = pick.uniform(0.3, 1.5) * self.usual, signal.SIGINT
        elif pick.random() < self.killing:
            limit = pick.uniform(0, 1.3) * self.usual
        began = time.monotonic()
        limit = min(limit, max(0, order.deadline - began) + 0.2)
        try:
            out, problem = process.communicate(text.encode() if text else None, timeout=limit)
        except subprocess.TimeoutExpired:
            process.send_signal(sign)
            try:
                out, problem = process.communicate(timeout=self.patience)
            except subprocess.TimeoutExpired:
                process.kill()
                out, problem = process.communicate()
        with order.ledger.lock:
            order.ledger.runs += 1
            if process.returncode == -signal.SIGKILL:
                order.ledger.kills += 1
        if process.returncode == -signal.SIGKILL:
            return None, out
        if process.returncode < 0 and process.returncode != -signal.SIGINT:
            order.ledger.suspect(
                f"the program ended by signal {-process.returncode}: {' '.join(arguments)}")
        if process.returncode not in (0, 1, 4, 5, 6, -signal.SIGINT):
            order.ledger.suspect(
                f"exit code {process.returncode} of {' '.join(arguments)}: "
                + problem.decode(errors="replace")[:300])
        if process.returncode not in (0, -signal.SIGINT):
            self._hear(process.pid, text, problem.decode(errors="replace"), isOnly)
        if process.returncode == 0:
            self.usual += 0.2 * (time.monotonic() - began - self.usual)
        return process.returncode, out

    def _hear(self, pid, text, problem, isOnly):
        """Holds what a failed command said about its words against the journal."""
        token = re.match(r"tok-\d{6}", text or "")
        if not token:
            return
        # The same words of an earlier command may be queued.
        if isOnly and NOTHING_QUEUED.search(problem):
            with self.run_order.ledger.lock:
                self.run_order.ledger.refused.add(token.group())
        if NOTHING_SENT.search(problem):
            for outcome in attempts_by(self.run_order.folder, pid, token.group()):
                if outcome in (None, "sent", "unknown"):
                    self.run_order.ledger.lie(
                        f"{token.group()}: an attempt ended with {outcome}, and the command said: "
                        + problem.strip()[-300:])

    def submit(self, *arguments, text=None, interrupt=False, path=None, isOnly=True):
        """Runs a command that queues writes and notes down what it acknowledged."""
        _, out = self.start_program(
            *arguments, "--json", text=text, interrupt=interrupt, isOnly=isOnly)
        try:
            items = json.loads(out)
        except ValueError:
            return []
        self.run_order.ledger.acknowledge(items)
        if items and path:
            self.run_order.files.confirmed(path)
        return items


class Writer(Worker):
    """Replies, notes and changes of fields."""

    def act(self):
        pick, order = self.random, self.run_order
        # Nobody writes for long what nobody can send: a slow machine would never come to rest.
        if order.backlog > order.most_waiting:
            order.over.wait(0.5)
            return
        ticket = order.ticket(pick)
        number = str(ticket["id"])
        waits = [] if pick.random() < 0.2 else ["--no-wait"]
        several = [str(t["id"]) for t in pick.sample(order.tickets, pick.randint(3, 9))]
        kind = pick.random()
        if kind < 0.42:
            words = self.words()
            extra = ["--status", pick.choice(STATUSES)] if pick.random() < 0.1 else []
            address = ticket["requester"]["email"]
            if pick.random() < 0.1:
                extra += ["--cc", "second@customer.example"]
            # The same words twice are two replies, but an odd file goes along with one at most.
            copies = 2 if pick.random() < 0.05 else 1
            path = self.file_for(words) if copies == 1 else None
            # A reply answers what was read.
            self.start_program("show", number, "--refresh")
            for _ in range(copies):
                self.submit(
                    "reply", number, "--body-file", "-", "--confirm-to", address, *extra, *waits,
                    *(["--attach", path] if path else []), text=words, path=path, isOnly=copies == 1,
                    interrupt=not waits and pick.random() < 0.3)
        elif kind < 0.60:
            self.submit("note", number, "--body-file", "-", *waits, text=self.words())
        elif kind < 0.72:
            self.submit("tag", *several, "+" + order.ledger.token(), *waits)
        elif kind < 0.86:
            agent = str(pick.choice(order.agents)["id"])
            self.submit("assign", *several, "--to", agent, *waits)
        elif kind < 0.94:
            self.submit("priority", *several, pick.choice(PRIORITIES), *waits)
        else:
            self.submit("status", *several[:4], pick.choice(STATUSES), *waits)

    def file_for(self, words):
        """A file to send along with these words, now and then."""
        if self.random.random() >= 0.2:
            return None
        return self.run_order.files.make(words[:len("tok-000000")], self.random)

    def words(self):
        pick = self.random
        return f"{self.run_order.ledger.token()} " + " ".join(
            pick.sample(WORDS, pick.randint(0, 4))) + "\n"


class Sender(Worker):
    """Flushes the outbox again and again, while another does the same."""

    killing, patience = 0.5, 9

    def act(self):
        _, out = self.start_program("flush", "--json")
        try:
            self.run_order.ledger.acknowledge(json.loads(out))
        except ValueError:
            pass


class Tidier(Worker):
    """Looks at the outbox and decides what needs a person; syncs now and then."""

    def act(self):
        pick, order = self.random, self.run_order
        if pick.random() < 0.3:
            self.start_program("sync")
        _, out = self.start_program("outbox", "--open", "--limit", "2000", "--json")
        try:
            items = json.loads(out)
        except ValueError:
            return
        order.backlog = sum(1 for item in items if item["state"] == "queued")
        pick.shuffle(items)
        for item in items[:4]:
            number = str(item["id"])
            if item["state"] == "conflicted" and item["kind"] == "reply":
                if not self.send_anyway(item) and pick.random() < 0.2:
                    self.start_program("outbox", "discard", number, "--yes")
            elif item["state"] == "conflicted" or pick.random() < 0.1:
                if item["state"] not in ("unknown", "sending"):
                    self.start_program("outbox", "discard", number, "--yes")
            elif item["state"] in ("failed", "unknown"):
                self.submit("outbox", "retry", number, "--no-wait")
        order.over.wait(pick.uniform(0.1, 1))

    def send_anyway(self, item):
        """Reads what stopped a reply and sends it all the same; refused for another reason."""
        _, out = self.start_program("show", str(item["ticket_id"]), "--refresh", "--json")
        try:
            entries = json.loads(out)["conversations"]
        except ValueError:
            return True
        newest = max((entry["id"] or 0 for entry in entries), default=0)
        return self.submit(
            "outbox", "send", str(item["id"]), "--confirm-to",
            self.run_order.addresses[item["ticket_id"]], "--seen", str(newest), "--no-wait")
