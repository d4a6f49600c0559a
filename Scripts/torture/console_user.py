"""A user of the console itself, on a pseudo-terminal, which is killed or left after a while."""

import os
import re
import signal
import time

from journal import find_words
from mischief import Editors
from pane import Pane
from workers import WORDS, Worker

PRIORITIES = {"Urgent": "u", "High": "h", "Medium": "m", "Low": "l"}


class ConsoleUser(Worker):
    """Writes replies and notes, sets fields and takes back what it did, in one window after another."""

    killing, patience = 0.7, 15
    REVIEWS = ("SEND PUBLIC REPLY", "SAVE PRIVATE NOTE")

    def act(self):
        order, pick = self.run_order, self.random
        self.editor_act = pick.choice(Editors.ACTS)
        pane = Pane(
            [order.program, "--profile", order.profile], 100, 30,
            order.clock_of(pick) | {"TERM": "xterm-256color"}
            | order.editors.environment(self.name.replace(" ", "-"), self.editor_act))
        left = max(0.1, order.deadline - time.monotonic())
        end = time.monotonic() + min(left, pick.uniform(0, 20))
        isKilled = pick.random() < self.killing
        #: A token that has been on the screen for long enough to be on the disk.
        self.typed, self.typed_at = None, 0.0
        self.turns = order.disk.turns
        try:
            if self.until(pane, "j/k move", end):
                while self.step(pane, end):
                    pass
            if isKilled:
                pane.signal(signal.SIGKILL)
            elif not pane.is_over:
                pane.signal(signal.SIGTERM)
            killed_at = time.monotonic()
        finally:
            code = pane.close(self.patience)
        with order.ledger.lock:
            order.ledger.runs += 1
            order.ledger.consoles += 1
            if code == -signal.SIGKILL:
                order.ledger.kills += 1
        # It is told to end by SIGTERM, and right after that its terminal goes away.
        ends = {0} | {end for sign in (signal.SIGTERM, signal.SIGHUP) for end in (-sign, 128 + sign)}
        if not (code in ends or isKilled and code == -signal.SIGKILL):
            order.ledger.suspect(f"the console ended with {code}:\n{pane.screen}")
        self.check_draft(killed_at, pane.screen)

    @staticmethod
    def until(pane, wanted, end):
        return pane.wait(wanted, max(0, end - time.monotonic())) and time.monotonic() < end

    def step(self, pane, end):
        """One thing that a user does; false once the time is over or it got stuck."""
        if self.random.random() < 0.4:
            return self.change_and_undo(pane, end)
        return self.write(pane, end)

    def check_draft(self, killed_at, screen):
        """What was on the screen for more than a second when the program ended is on the disk."""
        order = self.run_order
        if self.typed is None or killed_at - self.typed_at < 1.5 or order.disk.turns != self.turns:
            return
        if not find_words(order.folder, order.profile, self.typed):
            order.ledger.lose(f"{self.typed} was typed {killed_at - self.typed_at:.1f} s before the "
                              f"console ended, and is on no disk (editor: {self.editor_act}):\n"
                              + screen)

    def open_ticket(self, pane, end):
        ticket = str(self.run_order.ticket(self.random)["id"])
        pane.type(f"#{ticket}<Enter>")
        return ticket if self.until(pane, f"#{ticket} ", end) else None

    # Writing

    def write(self, pane, end):
        """One reply or note through its review."""
        order, pick = self.run_order, self.random
        ticket = self.open_ticket(pane, end)
        if ticket is None:
            return False
        token = order.ledger.token()
        isNote = pick.random() < 0.3
        pane.type("c" if isNote else "r")
        if not self.until(pane, "COMPOSE", end):
            return False
        words = f"{token} " + " ".join(
            word for word in pick.sample(WORDS, pick.randint(0, 4)) if "\n" not in word)
        with order.ledger.lock:
            order.ledger.typed[token] = "typed"
        if pick.random() < 0.2:
            if not self.edit_outside(pane, token, words, end):
                return False
        else:
            pane.paste(words + " ")
            if self.until(pane, token, end):
                self.typed, self.typed_at = token, time.monotonic()
        if pick.random() < 0.1:
            # Time to be killed in while the words are a draft only.
            pane.pump(max(0, min(2.5, end - time.monotonic())))
            return time.monotonic() < end
        pane.type("<C-x>")
        review = self.REVIEWS[isNote]
        if not self.until(pane, review, end):
            return False
        if pick.random() < 0.15:
            # Left without a yes: it stays a draft, and nobody else may ever see it.
            pane.type("p")
            return self.until(pane, lambda screen: review not in screen, end)
        withStatus = not isNote and pick.random() < 0.3
        if withStatus:
            pane.type("s")
            if not self.until(pane, "STATUS", end):
                return False
            pane.type("2")
            if not self.until(pane, "Pending", end):
                return False
        with order.ledger.lock:
            order.ledger.typed[token] = "confirmed"
        while review in pane.screen:
            # What is typed before the box has reached the terminal does not count, so it may take
            # a second y.
            pane.type("y")
            if self.until(pane, lambda screen: review not in screen, time.monotonic() + 0.4):
                break
            if time.monotonic() >= end or pane.is_over:
                return False
        said = f"#{ticket} " + ("private note" if isNote else "reply")
        if not self.until(pane, lambda screen: said in screen and "takes it back" in screen, end):
            return False
        with order.ledger.lock:
            order.ledger.typed[token] = "acknowledged"
        self.typed = None
        if pick.random() < (0.5 if withStatus else 0.25):
            return self.take_back(pane, ticket, token, end)
        return True

    def edit_outside(self, pane, token, words, end):
        """Types the words in an editor that fails in one of its ways."""
        order = self.run_order
        with open(order.editors.words_file(self.name.replace(" ", "-")), "w",
                  encoding="utf-8") as file:
            file.write(words)
        with order.ledger.lock:
            order.ledger.editors += 1
        pane.type("<C-e>")
        if not self.until(pane, token, min(end, time.monotonic() + 4)):
            # The words are in the editor's file, or in the file that the program kept.
            self.typed, self.typed_at = token, time.monotonic() - 1
            return False
        self.typed, self.typed_at = token, time.monotonic()
        return True

    def take_back(self, pane, ticket, token, end):
        """One u right after the y: the reply comes back whole, or the screen says that it is gone."""
        order = self.run_order
        pane.type("u")
        with order.ledger.lock:
            order.ledger.undos += 1
        if not self.until(pane, lambda screen: re.search(r"undo|no longer|sent", screen), end):
            return False
        if re.search(rf"(undo|taken back).*#{ticket}\b|#{ticket}\b.*taken back", pane.screen):
            with order.ledger.lock:
                order.ledger.taken_back.add(token)
        return True

    # Fields

    def change_and_undo(self, pane, end):
        """Sets priorities, and takes the newest ones back; each row shows its change at once."""
        order, pick = self.run_order, self.random
        ticket = self.open_ticket(pane, end)
        if ticket is None:
            return False
        label = pick.choice(list(PRIORITIES))
        pane.type("p")
        if not self.until(pane, "PRIORITY", end):
            return False
        pane.type(PRIORITIES[label])
        if not self.until(pane, lambda screen: "PRIORITY of" not in screen, end):
            return False
        if not self.until(pane, lambda screen: f"priority {label}" in screen
                          or f"is {label}" in screen or "already" in screen, end):
            return False
        if f"#{ticket} priority {label}" in pane.screen and not order.is_hot(ticket):
            shown = lambda screen: label in header(screen, ticket)
            if not self.until(pane, shown, min(end, time.monotonic() + 5)):
                if time.monotonic() < end and not pane.is_over:
                    order.ledger.lie(
                        f"#{ticket} was set to {label}, and after 5 s the screen is\n{pane.screen}")
                return False
        if pick.random() < 0.5:
            pane.type("u")
            with order.ledger.lock:
                order.ledger.undos += 1
            return self.until(
                pane, lambda screen: "undo" in screen or "nothing to undo" in screen, end)
        return True


def header(screen, ticket):
    """The two lines of the thread's heading on a screen."""
    lines = screen.split("\n")
    for number, line in enumerate(lines):
        if re.search(rf"#{ticket}\b", line):
            return "\n".join(lines[number:number + 3])
    return screen
