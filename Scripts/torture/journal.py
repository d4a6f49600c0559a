"""The journal and the audit of a torture run, read with other code than the program's own."""

import hashlib
import json
import os
import re
import sqlite3
import sys

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

    def history(self, number):
        """What became of a write, a line for each move and attempt."""
        write = self.writes.get(number)
        if write is None:
            return f"    write {number} is not in the journal"
        change = write["payload"].get("change")
        lines = [f"    write {number} #{write['ticket_id']} {write['kind']} {change or ''} "
                 f"follows {write['follows']} repeats {write['repeats']} batch {write['batch']}"]
        for move in self.moves:
            if move["write"] == number:
                lines.append(f"      at {move['at']} {move['from_state']} -> {move['to_state']} by "
                             f"{move['event']} {move['detail'] or ''}")
        for attempt in self.attempts_of.get(number, []):
            lines.append(f"      attempt {attempt['id']} at {attempt['at']} by {attempt['owner']} "
                         f"ended {attempt['ended_at']} {attempt['outcome']}")
        return "\n".join(lines)

    def digests(self, write, files):
        """The digests of all revisions of a write, computed again from what is stored. `files` has
        the digests of the attached files by token, as they were when they were attached."""
        payloads = [write["payload"]] + [
            json.loads(r["payload"]) for r in self.revisions if r["write"] == write["id"]]
        return {digest(write["account"], write["ticket_id"], p, files) for p in payloads}


def digest(account, ticket, payload, files):
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
        attached = payload.get("files") or []
        add("files", str(len(attached)))
        for file in attached:
            add("file name", file["name"])
            add("file path", file["path"])
            add("file digest", files.get(TOKEN.search(payload["text"]).group()))
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


def attempts_by(folder, pid, token):
    """How the attempts ended that one process made with the words of a token; None while open."""
    try:
        base = sqlite3.connect(f"file:{folder}/journal.db?mode=ro", uri=True, timeout=10)
        rows = base.execute(
            "SELECT a.outcome FROM attempts AS a JOIN writes AS w ON w.id = a.write "
            "WHERE a.owner LIKE ? AND instr(w.payload, ?) > 0", (f"{pid}:%", token)).fetchall()
        base.close()
    except sqlite3.Error:
        return []
    return [row[0] for row in rows]


def find_words(folder, profile, token):
    """Whether the words of a token are in a draft, in a write, or in a file that was kept."""
    try:
        base = sqlite3.connect(f"file:{folder}/journal.db?mode=ro", uri=True, timeout=10)
        count = base.execute(
            "SELECT (SELECT count(*) FROM drafts WHERE instr(content, :token) > 0) "
            "+ (SELECT count(*) FROM writes WHERE instr(payload, :token) > 0) "
            "+ (SELECT count(*) FROM write_revisions WHERE instr(payload, :token) > 0)",
            {"token": token}).fetchone()[0]
        base.close()
    except sqlite3.Error as problem:
        print(f"torture: the journal could not be read: {problem}", file=sys.stderr)
        return True
    if count > 0:
        return True
    for place, _, names in os.walk(profile):
        for name in names:
            if name.endswith((".md", ".txt")):
                try:
                    with open(os.path.join(place, name), "rb") as file:
                        if token.encode() in file.read():
                            return True
                except OSError:
                    pass
    return False
