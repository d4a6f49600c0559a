"""The journal and the audit of a torture run, read with other code than the program's own."""

import hashlib
import json
import os
import re
import sqlite3

NOT_APPLIED = {"proposed", "confirmed", "conflicted", "failed", "undone", "rejected"}
TOKEN = re.compile(r"tok-\d{6}")


class Journal:
    """Every table of `journal.db`, by name."""

    def __init__(self, folder):
        self.folder = folder
        base = sqlite3.connect(f"file:{folder}/journal.db?mode=ro", uri=True)
        base.row_factory = sqlite3.Row
        self.health = base.execute("PRAGMA integrity_check").fetchone()[0]
        self.writes = {}
        for row in base.execute("SELECT * FROM writes ORDER BY id"):
            write = dict(row)
            write["payload"] = json.loads(write["payload"])
            self.writes[write["id"]] = write
        self.attempts = [dict(row) for row in base.execute("SELECT * FROM attempts ORDER BY id")]
        self.moves = [dict(row) for row in base.execute("SELECT * FROM transitions ORDER BY id")]
        self.revisions = [dict(row) for row in base.execute("SELECT * FROM write_revisions")]
        self.audit = [row["record"] for row in base.execute("SELECT * FROM audit ORDER BY number")]
        base.close()
        self.attempts_of = {}
        for attempt in self.attempts:
            self.attempts_of.setdefault(attempt["write"], []).append(attempt)

    def digests(self, write):
        """The digests of all revisions of a write, computed anew from what is stored."""
        payloads = [write["payload"]] + [
            json.loads(r["payload"]) for r in self.revisions if r["write"] == write["id"]]
        return {digest(write["account"], write["ticket_id"], p) for p in payloads}


def digest(account, ticket, payload):
    """SHA-256 over named fields with their lengths, as the design describes it."""
    form = bytearray()

    def add(name, value):
        if value is None:
            form.extend(f"{name} -\n".encode())
            return
        if isinstance(value, list):
            add(name, str(len(value)))
            for item in value:
                add(name, item)
            return
        data = str(value).encode()
        form.extend(f"{name} {len(data)}:".encode() + data + b"\n")

    def add_change(name, change):
        add(f"{name} status", change.get("status"))
        add(f"{name} priority", change.get("priority"))
        for key, lead in (("type", "="), ("agent", ""), ("group", "")):
            value = None
            if key in change:
                value = "none" if change[key] is None else f"{lead}{change[key]}"
            add(f"{name} {key}", value)
        add(f"{name} tags", change.get("tags"))

    add("account", account)
    add("ticket", ticket)
    add("kind", payload["kind"])
    if payload["kind"] == "reply":
        for key in ("to", "cc", "bcc"):
            add(key, payload.get(key, [] if key != "to" else None))
    add("subject", payload["subject"])
    if payload["kind"] == "update":
        add_change("before", payload["before"])
        add_change("change", payload["change"])
        add("undoes", payload.get("undoes"))
    else:
        add("text", payload["text"])
        add("html", payload["html"])
        add("then status", payload.get("thenStatus"))
        add("files", "0")
    return hashlib.sha256(form).hexdigest()


def audit_chain(folder):
    """The audit log's lines, and the number of the first that does not fit the chain."""
    path = os.path.join(folder, "audit.log")
    previous, lines = "0" * 64, []
    with open(path, "rb") as file:
        for number, line in enumerate(file.read().split(b"\n")[:-1], 1):
            have, _, rest = line.partition(b" ")
            want = hashlib.sha256(previous.encode() + b" " + rest).hexdigest()
            if want.encode() != have or not rest.startswith(f"{number} ".encode()):
                return lines, number
            previous = want
            lines.append(rest.decode())
    return lines, None
