"""Holds what the helpdesk got against the journal, the audit and what the program said."""

import re
from collections import Counter, defaultdict

from bodies import words_and_files
from journal import NOT_APPLIED, TOKEN, Journal, audit_chain


def entries_by_token(sandbox, tickets):
    """The agents' entries at the helpdesk, by ticket, kind and token."""
    found = defaultdict(list)
    for ticket in tickets:
        page = 1
        while True:
            entries = sandbox.read(f"/tickets/{ticket}/conversations?per_page=100&page={page}")
            for entry in entries:
                token = TOKEN.search(entry["body_text"])
                if token and not entry["incoming"]:
                    kind = "private_note" if entry["private"] else "reply"
                    found[ticket, kind, token.group()].append(entry["id"])
            if len(entries) < 100:
                break
            page += 1
    return found


class Verdict:
    """What is wrong after a torture run, in six lists of findings."""

    TITLES = ("lost", "doubled", "unconfirmed", "altered", "drafts", "untrue")

    def __init__(self, folder, sandbox, tickets, ledger, files):
        self.lost, self.doubled, self.unconfirmed = [], [], []
        #: Bytes that left and are not those that were confirmed.
        self.altered = []
        #: Words of a user that are nowhere any more.
        self.drafts = list(ledger.lost_drafts)
        #: What the program said or showed and was not so.
        self.untrue = list(ledger.untrue)
        self.files = files
        self.journal = Journal(folder)
        self.sandbox, self.ledger = sandbox, ledger
        self.tickets = [t["id"] for t in tickets]
        if self.journal.health != "ok":
            self.lost.append(f"the journal is damaged: {self.journal.health}")
        for sign in ledger.signs:
            self.lost.append(sign)
        self._acknowledged()
        self._typed()
        self._words()
        self._fields()
        self._requests()
        self._audit(folder)
        self._moves()

    @property
    def is_good(self):
        return not any(getattr(self, title) for title in self.TITLES)

    def states(self):
        return Counter(write["state"] for write in self.journal.writes.values())

    def _acknowledged(self):
        """What a command has printed is in the journal, and an end stays an end."""
        for number, item in self.ledger.acknowledged.items():
            write = self.journal.writes.get(number)
            if write is None or write["ticket_id"] != item["ticket_id"]:
                self.lost.append(f"write {number} was acknowledged and is not in the journal")
            elif item["state"] in ("sent", "undone", "rejected") and write["state"] != item["state"]:
                self.lost.append(
                    f"write {number} was said to be {item['state']} and is {write['state']}")

    def _typed(self):
        """What was typed into a console: kept once it said so, once at most, and only after a y."""
        writes, kept = defaultdict(list), set()
        for write in self.journal.writes.values():
            tokens = set(TOKEN.findall(write["payload"].get("text") or ""))
            stages = {self.ledger.typed[token] for token in tokens if token in self.ledger.typed}
            # Words that were left as a draft may be taken up in a later reply to the same ticket.
            if stages == {"typed"}:
                self.unconfirmed.append(f"write {write['id']} was queued without a y: {tokens}")
            kept |= tokens
            if write["state"] not in ("undone", "rejected") and write["repeats"] is None:
                for token in tokens:
                    writes[token].append(write["id"])
        for token, stage in self.ledger.typed.items():
            if stage == "acknowledged" and token not in kept:
                self.lost.append(f"{token} was confirmed at the console and is not in the journal")
            if token in self.ledger.taken_back:
                self._taken_back(token)
            if len(writes[token]) > 1:
                self.doubled.append(f"{token} was typed once and is in writes {writes[token]}")

        for token in self.ledger.refused:
            if token in kept:
                self.untrue.append(f"{token}: nothing was queued, the command said"
                                   + self._histories(token))

    def _taken_back(self, token):
        """A reply that the screen took back is not sent by the write that was taken back."""
        first = min((w for w in self.journal.writes.values()
                     if token in (w["payload"].get("text") or "")), key=lambda w: w["id"],
                    default=None)
        if first is not None and first["state"] not in ("undone", "rejected", "proposed"):
            self.untrue.append(f"{token} was said to be taken back" + self._histories(token))

    def _histories(self, token):
        """The histories of the writes with a token, for somebody who reads a rare finding later."""
        numbers = [w["id"] for w in self.journal.writes.values()
                   if token in str(w["payload"])]
        return "".join("\n" + self.journal.history(number) for number in numbers)

    def _words(self):
        """Replies and notes: each stands in its thread exactly as often as the journal says."""
        wanted = defaultdict(list)
        for write in self.journal.writes.values():
            if write["kind"] != "update":
                token = TOKEN.search(write["payload"]["text"]).group()
                wanted[write["ticket_id"], write["kind"], token].append(write)
        found = self.found = entries_by_token(self.sandbox, self.tickets)
        mails = defaultdict(list)
        for mail in self.sandbox.order("GET", "/deliveries?since=0"):
            token = TOKEN.search(mail["body"])
            if mail["kind"] != "closed" and token:
                mails[mail["ticket_id"], "reply", token.group()].append(mail)
        for key in found.keys() | mails.keys() | wanted.keys():
            self._compare(key, wanted[key], found[key], mails[key])

    def _compare(self, key, writes, entries, mails):
        where = f"{key[1]} {key[2]} on #{key[0]}"
        states = [write["state"] for write in writes]
        sent, open_ended = states.count("sent"), states.count("unknown") + states.count("sending")
        if not writes:
            self.unconfirmed.append(f"{where} is at the helpdesk and not in the journal")
        elif len(entries) > sent + open_ended:
            self.doubled.append(f"{where}: {len(entries)} times, the journal says {states}"
                                + self._histories(key[2]))
        elif len(entries) < sent:
            self.lost.append(f"{where}: {len(entries)} times, the journal says {states}"
                             + self._histories(key[2]))
        if key[1] == "reply" and len(mails) != len(entries):
            self.doubled.append(f"{where}: {len(mails)} mails for {len(entries)} entries")
        for mail in mails:
            fits = any(
                [write["payload"]["to"]] == mail["to"] and write["payload"]["cc"] == mail["cc"]
                for write in writes)
            if writes and not fits:
                self.unconfirmed.append(f"{where} went to {mail['to']} and {mail['cc']}")
        remote = [write["remote_id"] for write in writes if write["state"] == "sent"]
        if len(set(remote)) != len(remote) or not set(remote) <= set(entries):
            self.lost.append(f"{where}: said to be entries {remote}, there are {entries}")

    def _fields(self):
        """Tags and the last value of a field: what is said to be sent can be seen."""
        by_ticket = defaultdict(list)
        for write in self.journal.writes.values():
            if write["kind"] == "update":
                by_ticket[write["ticket_id"]].append(write)
        names = {"priority": "priority", "agent": "responder_id"}
        for ticket, writes in by_ticket.items():
            now = self.sandbox.read(f"/tickets/{ticket}")
            for write in writes:
                tokens = set(write["payload"]["change"].get("tags", []))
                tokens -= set(write["payload"]["before"].get("tags", []))
                isThere = tokens <= set(now["tags"])
                histories = "".join("\n" + self.journal.history(w["id"]) for w in writes)
                if write["state"] == "sent" and not isThere:
                    self.lost.append(f"tag {tokens} on #{ticket}: sent and not there" + histories)
                if write["state"] in NOT_APPLIED and tokens & set(now["tags"]):
                    self.doubled.append(
                        f"tag {tokens} on #{ticket}: there and {write['state']}" + histories)
            for field, name in names.items():
                self._last_value(ticket, field, now[name], writes)

    def _last_value(self, ticket, field, value, writes):
        tried = sorted(
            (self.journal.attempts_of[write["id"]][-1]["id"], write) for write in writes
            if field in write["payload"]["change"] and write["id"] in self.journal.attempts_of)
        possible = set()
        for _, write in tried:
            if write["state"] == "sent":
                possible = set()
            if write["state"] in ("sent", "unknown", "sending", "queued"):
                possible.add(write["payload"]["change"][field])
        isSent = any(write["state"] == "sent" for _, write in tried)
        if isSent and value not in possible:
            self.lost.append(
                f"{field} of #{ticket} is {value}, the journal says {possible}"
                + "".join("\n" + self.journal.history(write["id"]) for _, write in tried))

    def _requests(self):
        """Every request that changes something is one attempt with a confirmed digest."""
        numbers = [entry["n"] for entry in self.sandbox.requests]
        if numbers != list(range(1, len(numbers) + 1)):
            self.unconfirmed.append("the sandbox's record of requests has gaps")
        tried = Counter()
        for attempt in self.journal.attempts:
            write = self.journal.writes[attempt["write"]]
            if attempt["digest"] not in self.journal.digests(write, self.files.digests):
                self.unconfirmed.append(f"attempt {attempt['id']} has a digest of other bytes")
            payload = write["payload"]
            tried[write["ticket_id"], write["kind"], payload.get("html")] += 1
        seen = Counter()
        for entry in self.sandbox.requests:
            if entry["method"] == "GET":
                continue
            match = re.search(r"/tickets/(\d+)(/reply|/notes)?$", entry["path"])
            if not match:
                self.unconfirmed.append(f"{entry['method']} {entry['path']}")
                continue
            ticket, end = int(match.group(1)), match.group(2)
            kind = {"/reply": "reply", "/notes": "private_note"}.get(end, "update")
            words = None
            if end:
                words, digests = words_and_files(entry)
                self._files(ticket, kind, words, digests)
            seen[ticket, kind, words] += 1
        for key, count in seen.items():
            if tried[key] == 0:
                self.unconfirmed.append(f"{key[1]} on #{key[0]}: nobody confirmed those words")
            elif count > tried[key]:
                self.doubled.append(f"{key[1]} on #{key[0]}: {count} requests, {tried[key]} attempts")

    def _files(self, ticket, kind, words, digests):
        """The files that left are those that were there when they were confirmed."""
        token = TOKEN.search(words or "")
        for digest in digests:
            if not token or digest != self.files.digests.get(token.group()):
                self.altered.append(
                    f"{kind} on #{ticket}: a file left that nobody confirmed"
                    + (self._histories(token.group()) if token else ""))

    def copies(self, sent_before):
        """After copies of the profile were flushed: what stood in a thread stands there once."""
        after = entries_by_token(self.sandbox, self.tickets)
        for key, entries in after.items():
            before = sent_before.get(key, [])
            # The same words may have been confirmed twice, on purpose.
            confirmed = sum(1 for write in self.journal.writes.values()
                            if write["kind"] == key[1] and key[2] in write["payload"]["text"])
            if len(entries) > (len(before) or max(1, confirmed)):
                self.doubled.append(
                    f"{key[1]} {key[2]} on #{key[0]}: {len(before)} times, {len(entries)} after a "
                    "copy of the profile sent" + self._histories(key[2]))
        return sum(map(len, after.values())) - sum(map(len, sent_before.values()))

    def _audit(self, folder):
        """A confirmation before each intent, an intent before each attempt, an outcome after."""
        lines, broken = audit_chain(folder)
        if broken:
            self.unconfirmed.append(f"the audit's chain breaks at record {broken}")
        if lines != self.journal.audit[:len(lines)]:
            self.unconfirmed.append("the audit's file and the journal's own copy differ")
        # The last sender may have been killed between the commit and the file; the next one writes
        # what the file lacks.
        lines += self.journal.audit[len(lines):]
        places = defaultdict(dict)
        for number, line in enumerate(lines):
            action = line.split(" ", 3)[2]
            confirmed = re.search(r"\(write (\d+), digest ([0-9a-f]{16})\)$", line)
            if action == "decision" and confirmed:
                places["confirmed"].setdefault(confirmed.groups(), number)
            attempt = re.search(r"\(write (\d+), attempt (\d+)", line)
            if attempt:
                places[action].setdefault(int(attempt.group(2)), number)
        for attempt in self.journal.attempts:
            number = attempt["id"]
            intent = places["intent"].get(number)
            decision = places["confirmed"].get((str(attempt["write"]), attempt["digest"][:16]))
            if intent is None or decision is None or decision > intent:
                self.unconfirmed.append(f"attempt {number} of write {attempt['write']} in the audit")
            elif attempt["ended_at"] and places["outcome"].get(number, -1) < intent:
                self.unconfirmed.append(f"attempt {number} has no outcome in the audit")

    def _moves(self):
        """Ends are ends, and nothing moves without its beginning."""
        state = {}
        for move in self.journal.moves:
            before = state.get(move["write"])
            if move["from_state"] != before or before in ("sent", "undone", "rejected"):
                self.doubled.append(f"write {move['write']} moved from {before} by {move['event']}")
            state[move["write"]] = move["to_state"]
        for number, write in self.journal.writes.items():
            if state.get(number) != write["state"]:
                self.lost.append(f"write {number} is {write['state']} without a move to it")
