"""One torture run: where the program is, what it works on, and the processes that do it."""

import os
import threading
import time

from console_user import ConsoleUser
from workers import Ledger, Sender, Tidier, Writer


class Run:
    """The workers of a run and what they share."""

    #: The part of the processes that are given a wrong clock.
    wrong_clocks = 0.25
    #: How many tickets everybody works on at once, and how often one of them is chosen.
    hot, heat = 4, 0.3

    def __init__(self, program, profile, agents, seed, mischief, most_waiting):
        self.program, self.profile, self.agents = program, profile, agents
        self.clocks, self.files = mischief["clocks"], mischief["files"]
        self.disk, self.editors = mischief["disk"], mischief["editors"]
        self.copies = mischief["copies"]
        self.folder = None
        self.tickets, self.addresses = [], {}
        self.ledger = Ledger()
        self.backlog = 0
        #: The writers wait while more than this is queued.
        self.most_waiting = most_waiting
        self.over = threading.Event()
        self.deadline = 0.0
        self.environment = dict(
            os.environ, SWIFT_BACKTRACE="enable=no", TZ="UTC", LANG="C.UTF-8")
        self.crew = [Writer(f"writer {n}", self, seed) for n in range(3)]
        self.crew += [Sender(f"sender {n}", self, seed) for n in range(2)]
        self.crew.append(Tidier("tidier", self, seed))
        self.crew += [ConsoleUser(f"console {n}", self, seed) for n in range(2)]

    def clock_of(self, pick):
        """The environment of a process: now and then with a clock that is wrong and jumps."""
        if pick.random() >= self.wrong_clocks:
            return self.environment
        return self.environment | self.clocks.environment(pick.randrange(len(self.clocks.files)))

    def begin_with(self, tickets, folder):
        """The tickets that are worked on; only such whose requester has an address."""
        self.tickets = [t for t in tickets if t["requester"]["email"]]
        self.addresses = {t["id"]: t["requester"]["email"] for t in self.tickets}
        self.folder = folder

    def ticket(self, pick):
        """A ticket to work on: now and then one of the few that everybody works on."""
        return pick.choice(self.tickets[:self.hot] if pick.random() < self.heat else self.tickets)

    def is_hot(self, ticket):
        return any(str(t["id"]) == str(ticket) for t in self.tickets[:self.hot])

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
