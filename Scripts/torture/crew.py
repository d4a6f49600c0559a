"""The people of a torture run: processes of the real program that write, send, tidy and are killed."""

import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time

from pane import Pane

STATUSES = ["open", "pending", "open", "pending", "resolved", "closed"]
PRIORITIES = ["low", "medium", "high", "urgent"]
WORDS = ["Grüße", "<b>not bold</b>", "a & b", "naïve", "こんにちは", "شكرا", "\"quoted\"", "1 < 2",
         "--", "line\nbreak", "two  blanks", "x" * 70, "https://example.com/?a=1&b=2", "👍🏽"]


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
        self.tokens = 0
        self.signs = []

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

    def start_program(self, *arguments, text=None, interrupt=False):
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
        if process.returncode == 0:
            self.usual += 0.2 * (time.monotonic() - began - self.usual)
        return process.returncode, out

    def submit(self, *arguments, text=None, interrupt=False):
        """Runs a command that queues writes and notes down what it acknowledged."""
        _, out = self.start_program(*arguments, "--json", text=text, interrupt=interrupt)
        try:
            items = json.loads(out)
        except ValueError:
            return []
        self.run_order.ledger.acknowledge(items)
        return items


class Writer(Worker):
    """Replies, notes and changes of fields."""

    def act(self):
        pick, order = self.random, self.run_order
        # Nobody writes for long what nobody can send: a slow machine would never come to rest.
        if order.backlog > order.most_waiting:
            order.over.wait(0.5)
            return
        ticket = pick.choice(order.tickets)
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
            copies = 2 if pick.random() < 0.05 else 1
            # A reply answers what was read.
            self.start_program("show", number, "--refresh")
            for _ in range(copies):
                self.submit(
                    "reply", number, "--body-file", "-", "--confirm-to", address, *extra, *waits,
                    text=words, interrupt=not waits and pick.random() < 0.3)
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

    def words(self):
        pick = self.random
        return f"{self.run_order.ledger.token()} " + " ".join(
            pick.sample(WORDS, pick.randint(0, 4))) + "\n"


class Sender(Worker):
    """Flushes the outbox again and again, beside another that does the same."""

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
                address = order.addresses[item["ticket_id"]]
                self.submit("outbox", "send", number, "--confirm-to", address, "--no-wait")
            elif item["state"] == "conflicted" or pick.random() < 0.1:
                if item["state"] not in ("unknown", "sending"):
                    self.start_program("outbox", "discard", number, "--yes")
            elif item["state"] in ("failed", "unknown"):
                self.submit("outbox", "retry", number, "--no-wait")
        order.over.wait(pick.uniform(0.1, 1))


class Person(Worker):
    """Somebody at the console itself, on a pseudo-terminal, which is killed or left after a while."""

    killing, patience = 0.7, 15
    REVIEWS = ("SEND PUBLIC REPLY", "SAVE PRIVATE NOTE")

    def act(self):
        order, pick = self.run_order, self.random
        pane = Pane(
            [order.program, "--profile", order.profile], 100, 30,
            order.clock_of(pick) | {"TERM": "xterm-256color"})
        left = max(0.1, order.deadline - time.monotonic())
        end = time.monotonic() + min(left, pick.uniform(0, 12))
        isKilled = pick.random() < self.killing
        try:
            if self.until(pane, "j/k move", end):
                while self.write(pane, end):
                    pass
            if isKilled:
                pane.signal(signal.SIGKILL)
            elif not pane.is_over:
                pane.signal(signal.SIGTERM)
        finally:
            code = pane.close(self.patience)
        with order.ledger.lock:
            order.ledger.runs += 1
            order.ledger.consoles += 1
            if code == -signal.SIGKILL:
                order.ledger.kills += 1
        if not (code == 0 or code == -signal.SIGTERM or isKilled and code == -signal.SIGKILL):
            order.ledger.suspect(f"the console ended with {code}:\n{pane.screen}")

    @staticmethod
    def until(pane, wanted, end):
        return pane.wait(wanted, max(0, end - time.monotonic())) and time.monotonic() < end

    def write(self, pane, end):
        """One reply or note through its review; false once the time is over or it got stuck."""
        order, pick = self.run_order, self.random
        ticket = str(pick.choice(order.tickets)["id"])
        token = order.ledger.token()
        isNote = pick.random() < 0.3
        pane.type(f"#{ticket}<Enter>")
        if not self.until(pane, f"#{ticket} ", end):
            return False
        pane.type("c" if isNote else "r")
        if not self.until(pane, "COMPOSE", end):
            return False
        words = f"{token} " + " ".join(
            word for word in pick.sample(WORDS, pick.randint(0, 4)) if "\n" not in word)
        with order.ledger.lock:
            order.ledger.typed[token] = "typed"
        pane.paste(words + " ")
        pane.type("<C-x>")
        review = self.REVIEWS[isNote]
        if not self.until(pane, review, end):
            return False
        if pick.random() < 0.15:
            # Left without a yes: it stays a draft, and nobody else may ever see it.
            pane.type("p")
            return self.until(pane, lambda screen: review not in screen, end)
        with order.ledger.lock:
            order.ledger.typed[token] = "confirmed"
        while review in pane.screen:
            # What is typed before the box is drawn does not count, so it may take a second y.
            pane.type("y")
            if self.until(pane, lambda screen: review not in screen, time.monotonic() + 0.4):
                break
            if time.monotonic() >= end or pane.is_over:
                return False
        said = f"#{ticket} " + ("private note; u undoes it" if isNote else "reply to")
        if not self.until(pane, lambda screen: said in screen and "; u " in screen, end):
            return False
        with order.ledger.lock:
            order.ledger.typed[token] = "acknowledged"
        return True


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
        """Sets one of the clocks anew, under everybody who reads it."""
        with open(self.random.choice(self.files), "r+b", buffering=0) as file:
            file.write(struct.pack("q", self.random.choice(self.JUMPS)))
        self.jumps += 1

    def environment(self, number):
        return {"LD_PRELOAD": self.library, "CLOCK_SHIFT_FILE": self.files[number]}


class Run:
    """One torture run: where the program is, what it works on, and who does it."""

    #: The part of the processes that are given a wrong clock.
    wrong_clocks = 0.25
    #: The writers wait while more than this is queued.
    most_waiting = 1500

    def __init__(self, program, profile, agents, seed, clocks):
        self.program, self.profile, self.agents = program, profile, agents
        self.clocks = clocks
        self.tickets, self.addresses = [], {}
        self.ledger = Ledger()
        self.backlog = 0
        self.over = threading.Event()
        self.deadline = 0.0
        self.environment = dict(
            os.environ, SWIFT_BACKTRACE="enable=no", TZ="UTC", LANG="C.UTF-8")
        self.crew = [Writer(f"writer {n}", self, seed) for n in range(3)]
        self.crew += [Sender(f"sender {n}", self, seed) for n in range(2)]
        self.crew.append(Tidier("tidier", self, seed))
        self.crew.append(Person("person", self, seed))

    def clock_of(self, pick):
        """The environment of a process: now and then with a clock that is wrong and jumps."""
        if pick.random() >= self.wrong_clocks:
            return self.environment
        return self.environment | self.clocks.environment(pick.randrange(len(self.clocks.files)))

    def begin_with(self, tickets):
        """The tickets that are worked on; only such whose requester has an address."""
        self.tickets = [t for t in tickets if t["requester"]["email"]]
        self.addresses = {t["id"]: t["requester"]["email"] for t in self.tickets}

    def work(self, seconds, weather):
        """Lets everybody work at once for so many seconds."""
        self.deadline = time.monotonic() + seconds
        weather.start()
        for worker in self.crew:
            worker.start()
        self.over.wait(seconds)
        self.over.set()
        for worker in self.crew:
            worker.join()
        weather.heal()
