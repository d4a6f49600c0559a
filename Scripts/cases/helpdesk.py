"""A scripted helpdesk on loopback: serves the records of one case over Freshdesk's interface.

It answers exactly what the case says, well-formed or not, which the sandbox cannot: the sandbox is a
helpdesk that works, with faults; this one is a set of recorded answers.
"""

import base64
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MOMENT = "2026-11-20T10:00:00Z"
AGENT_ID, CONTACT_ID = 1, 501
# What Freshdesk sends with every answer of API version 2.
HEADERS = {
    "Content-Type": "application/json; charset=utf-8", "X-RateLimit-Total": "5000",
    "X-RateLimit-Remaining": "4990", "X-RateLimit-Used-CurrentRequest": "1",
    "X-Freshdesk-API-Version": "current=v2; requested=v2"}

TICKET = dict(
    subject="", status=2, priority=1, source=1, type=None, requester_id=CONTACT_ID,
    responder_id=None, group_id=None, company_id=None, product_id=None, email_config_id=None,
    support_email=None, to_emails=None, cc_emails=[], fwd_emails=[], reply_cc_emails=[],
    ticket_cc_emails=[], spam=False, fr_escalated=False, is_escalated=False, association_type=None,
    associated_tickets_count=None, due_by=None, fr_due_by=None, custom_fields={}, tags=[],
    description="<div>Hello</div>", attachments=[], created_at=MOMENT, updated_at=MOMENT)
CONVERSATION = dict(
    body="<div>Hello</div>", incoming=False, private=False, user_id=AGENT_ID, source=0, category=3,
    support_email=None, from_email=None, to_emails=[], cc_emails=[], bcc_emails=None,
    attachments=[], last_edited_at=None, last_edited_user_id=None, auto_response=False,
    created_at=MOMENT, updated_at=MOMENT)
CONTACT = dict(
    name="", email=None, phone=None, mobile=None, company_id=None, active=True, other_emails=[],
    tags=[], created_at=MOMENT, updated_at=MOMENT)
COMPANY = dict(name="", domains=[], created_at=MOMENT, updated_at=MOMENT)
PERSON = dict(
    name="Robin Agent", email="robin@desk.example", active=True, language="en", time_zone="UTC",
    job_title=None, phone=None, mobile=None, created_at=MOMENT, updated_at=MOMENT)
FIELDS = [
    dict(id=1, name="status", label="Status", type="default_status", required_for_closure=False,
         choices={"2": ["Open", "Being processed"], "3": ["Pending", "Awaiting reply"],
                  "4": ["Resolved", "Resolved"], "5": ["Closed", "Closed"]}),
    dict(id=2, name="priority", label="Priority", type="default_priority",
         choices={"Low": 1, "Medium": 2, "High": 3, "Urgent": 4}),
    dict(id=3, name="ticket_type", label="Type", type="default_ticket_type",
         choices=["Question", "Incident", "Problem"]),
    dict(id=4, name="source", label="Source", type="default_source",
         choices={"Email": 1, "Portal": 2, "Phone": 3, "Chat": 7})]


def plain(html):
    return re.sub(r"<[^>]*>", " ", html or "").strip()


def moment():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def agent(record):
    """An agent as the interface gives it: the names are in an inner record."""
    own = {key: record[key] for key in PERSON if key in record}
    outer = {key: value for key, value in record.items() if key not in PERSON}
    return dict(dict(
        id=AGENT_ID, available=True, occasional=False, ticket_scope=1, type="support_agent",
        signature=None, group_ids=[], role_ids=[10], created_at=MOMENT, updated_at=MOMENT,
        contact=dict(PERSON, **own)), **outer)


class Helpdesk:
    """The records of one case, and the server that gives them out."""

    def __init__(self, case):
        self.tickets = [dict(dict(TICKET, id=1), **t) for t in case.get("tickets", [])]
        self.conversations = {
            int(number): [dict(dict(CONVERSATION, id=9000 + at), **entry)
                          for at, entry in enumerate(entries)]
            for number, entries in case.get("conversations", {}).items()}
        contacts = case.get("contacts", [{"name": "Ada Fox", "email": "ada@fox.example"}])
        self.contacts = [
            dict(dict(CONTACT, id=CONTACT_ID + at), **c) for at, c in enumerate(contacts)]
        self.companies = [
            dict(dict(COMPANY, id=801 + at), **c) for at, c in enumerate(case.get("companies", []))]
        self.agents = [agent(a) for a in case.get("agents", [{}])]
        self.lists = {
            "/groups": case.get("groups", []), "/companies": self.companies,
            "/contacts": self.contacts, "/agents": self.agents,
            "/canned_response_folders": [], "/surveys/satisfaction_ratings": case.get("ratings", [])}
        self.fields = case.get("ticket_fields", FIELDS)
        self.files = case.get("files", {})
        self.answers = [dict(answer) for answer in case.get("answers", [])]
        self.headers = dict(HEADERS, **case.get("headers", {}))
        self.requests, self.lock, self.next_id = [], threading.Lock(), 90_000
        helpdesk = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_one(self):
                helpdesk.serve(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_CONNECT = handle_one

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_):
                pass  # A program that has ended leaves its connections.

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def change(self, number, fields):
        """A colleague or a rule of the helpdesk changes a ticket."""
        with self.lock:
            self.ticket(number).update(dict({"updated_at": moment()}, **fields))

    def add(self, number, entry):
        """Something new in a thread."""
        with self.lock:
            now = moment()
            self.next_id += 1
            self.conversations.setdefault(number, []).append(dict(
                dict(CONVERSATION, id=self.next_id, created_at=now, updated_at=now), **entry))
            self.ticket(number)["updated_at"] = now

    def ticket(self, number):
        return next((t for t in self.tickets if t["id"] == number), None)

    def person(self, number):
        for contact in self.contacts:
            if contact["id"] == number:
                return {key: contact[key] for key in ("id", "name", "email", "mobile", "phone")}
        for one in self.agents:
            if one["id"] == number:
                return dict(id=number, name=one["contact"]["name"], email=one["contact"]["email"],
                            mobile=None, phone=None)
        return None

    # Answers

    def serve(self, handler):
        length = int(handler.headers.get("Content-Length") or 0)
        body = handler.rfile.read(length)
        # A proxy's CONNECT names a host and a port.
        is_tunnel = handler.command == "CONNECT"
        url = urlsplit("" if is_tunnel else handler.path)
        path = handler.path if is_tunnel else url.path.removeprefix("/api/v2")
        with self.lock:
            status, headers, data, delay = self.scripted(handler.command, path, url.query)
            if status is None:
                status, headers, data = self.answer(
                    handler.command, path, parse_qs(url.query), body)
            self.requests.append(dict(
                method=handler.command, path=path, query=url.query, status=status,
                body=body.decode("utf-8", "replace"), host=handler.headers.get("Host"),
                authorization=handler.headers.get("Authorization")))
        if delay:
            time.sleep(delay)
        handler.send_response(status)
        for name, value in headers.items():
            if value is not None:
                handler.send_header(name, value.replace("@PORT@", str(self.port)))
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        if handler.command != "HEAD" and status not in (204, 304):
            handler.wfile.write(data)

    def scripted(self, method, path, query):
        """What the case orders for this request; a status of None where it orders nothing."""
        for order in self.answers:
            if order.get("method", method) != method or not re.fullmatch(order["path"], path):
                continue
            if order.get("query", "") not in query:
                continue
            if order.get("after", 0) > 0:
                order["after"] -= 1
                continue
            if order.get("times", 1) <= 0:
                continue
            if "times" in order:
                order["times"] -= 1
            body = order.get("body", "")
            data = body if isinstance(body, str) else json.dumps(body)
            headers = order.get("headers", {"Content-Type": "application/json"})
            return (order.get("status", 200), headers, data.encode("utf-8", "surrogatepass"),
                    order.get("delay", 0))
        return None, None, None, 0

    def give(self, value, status=200, **headers):
        text = json.dumps(value).replace("@URL@", self.url)
        return status, dict(self.headers, **headers), text.encode()

    def page(self, records, query, path):
        size, number = int(query.get("per_page", ["30"])[0]), int(query.get("page", ["1"])[0])
        headers = {}
        if number * size < len(records):
            headers["Link"] = (
                f'<{self.url}/api/v2{path}?page={number + 1}&per_page={size}>; rel="next"')
        return self.give(records[(number - 1) * size:number * size], **headers)

    def answer(self, method, path, query, body):
        missing = (404, dict(self.headers), b"")
        if method == "CONNECT":
            return 403, {}, b""
        if path in self.files:
            return (200, {"Content-Type": "application/octet-stream"},
                    base64.b64decode(self.files[path]))
        if path == "/agents/me":
            return self.give(self.agents[0])
        if path == "/ticket_fields":
            return self.give(self.fields)
        if path in self.lists:
            return self.page(self.lists[path], query, path)
        if path == "/tickets" and method == "GET":
            return self.page(self.list_of_tickets(query), query, path)
        match = re.fullmatch(r"/(tickets|contacts|agents)/(\d+)(/conversations|/reply|/notes)?", path)
        if not match:
            return missing
        kind, number, part = match[1], int(match[2]), match[3]
        if kind != "tickets":
            found = [r for r in self.lists["/" + kind] if r["id"] == number]
            return self.give(found[0]) if found else missing
        ticket = self.ticket(number)
        if ticket is None:
            return missing
        if part == "/conversations":
            return self.page(self.conversations.get(number, []), query, path)
        if part:
            return self.write(ticket, part == "/notes", body)
        if method == "PUT":
            ticket.update(dict(json.loads(body), updated_at=moment()))
        return self.give(self.whole(ticket))

    def whole(self, ticket):
        return dict({"requester": self.person(ticket["requester_id"]),
                     "description_text": plain(ticket["description"])}, **ticket)

    def list_of_tickets(self, query):
        wanted = query.get("filter", [""])[0]
        parts = ",".join(query.get("include", [])).split(",")
        since = query.get("updated_since", [""])[0]
        result = []
        for ticket in sorted(self.tickets, key=lambda t: (str(t["updated_at"]), t["id"])):
            kind = "deleted" if ticket.get("deleted") else "spam" if ticket["spam"] else ""
            if kind != (wanted if wanted in ("deleted", "spam") else ""):
                continue
            if str(ticket["updated_at"]) < since:
                continue
            ticket = self.whole(ticket)
            for name in ("attachments", *(() if "description" in parts else
                                          ("description", "description_text"))):
                ticket.pop(name, None)
            if "requester" not in parts:
                ticket.pop("requester")
            result.append(ticket)
        return result

    def write(self, ticket, is_note, body):
        fields = json.loads(body) if body[:1] == b"{" else {"body": "(multipart)"}
        self.next_id += 1
        now = moment()
        entry = dict(
            CONVERSATION, id=self.next_id, body=fields.get("body", ""),
            body_text=plain(fields.get("body")), source=2 if is_note else 0,
            category=2 if is_note else 3, private=is_note and fields.get("private", True),
            cc_emails=fields.get("cc_emails", []), bcc_emails=fields.get("bcc_emails", []),
            created_at=now, updated_at=now)
        self.conversations.setdefault(ticket["id"], []).append(entry)
        ticket["updated_at"] = now
        return self.give(dict(entry, ticket_id=ticket["id"]), status=201)
