"""The helpdesk of a torture run: the sandbox, the wire to it that can be cut, and the faults."""

import base64
import json
import os
import random
import socket
import struct
import subprocess
import threading
import time
import urllib.error
import urllib.request


class Sandbox:
    """A `ticket-console sandbox` process and its control calls."""

    def __init__(self, program, tickets, seed, *options):
        self.process = subprocess.Popen(
            [program, "sandbox", "--tickets", str(tickets), "--seed", str(seed), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        ready = json.loads(self.process.stdout.readline())
        self.url, self.control = ready["url"], ready["control"]
        self.key = ready["agents"][0]["api_key"]
        self.agents = ready["agents"]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.requests = []
        self._lock = threading.Lock()

    def order(self, method, path, body=None):
        """A control call."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.control + path, method=method, data=data)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def read(self, path, body=None):
        """A call of the helpdesk's own interface, past the wire; with a body it is a POST."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            self.url + "/api/v2" + path, data=data, headers={"Content-Type": "application/json"})
        pair = base64.b64encode((self.key + ":X").encode()).decode()
        request.add_header("Authorization", "Basic " + pair)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def collect(self):
        """Fetches what was requested since the last time; the sandbox keeps only the newest."""
        with self._lock:
            since = self.requests[-1]["n"] if self.requests else 0
            for entry in self.order("GET", f"/requests?since={since}"):
                if entry["n"] > since:
                    self.requests.append(entry)

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Wire:
    """Carries bytes between the program and the sandbox; can be cut or taken away."""

    def __init__(self, target):
        self.target = target
        self.cuts = 0
        self._pairs = set()
        self._lock = threading.Lock()
        self._listener = None
        self._listen(0)
        self.port = self._listener.getsockname()[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def _listen(self, port):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                near.close()
                continue
            pair = (near, far)
            for end in pair:
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._pairs.add(pair)
            for source, sink in (pair, pair[::-1]):
                threading.Thread(
                    target=self._carry, args=(source, sink, pair), daemon=True).start()

    def _carry(self, source, sink, pair):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                sink.sendall(data)
        except OSError:
            pass
        self._end(pair)

    def _end(self, pair, reset=False):
        with self._lock:
            if pair not in self._pairs:
                return False
            self._pairs.discard(pair)
        for end in pair:
            try:
                if reset:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                # Wakes the thread that reads from it; closing alone does not.
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
        return True

    def cut(self):
        """Resets every connection there is."""
        with self._lock:
            pairs = list(self._pairs)
        self.cuts += sum(1 for pair in pairs if self._end(pair, reset=True))

    def down(self):
        """Nobody answers any more."""
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._listener.close()
        self.cut()

    def up(self):
        """Answers again, on the same port."""
        while True:
            try:
                self._listen(self.port)
                return
            except OSError:
                time.sleep(0.05)


class Weather(threading.Thread):
    """Keeps faults on order, cuts the wire, takes the sandbox away, lets customers write, changes
    attached files, fills the disk and copies the profile."""

    def __init__(self, sandbox, wire, mischief, tickets, seed, calls, is_long):
        super().__init__(daemon=True)
        self.sandbox, self.wire, self.tickets = sandbox, wire, tickets
        self.clocks, self.files = mischief["clocks"], mischief["files"]
        self.disk, self.copies = mischief["disk"], mischief["copies"]
        self.random = random.Random(f"{seed}/weather")
        self.calls, self.is_long = calls, is_long
        self.outages = 0
        self.over = threading.Event()

    def run(self):
        now = time.monotonic()
        next_outage, next_cut = now + 9, now + 3
        next_customer, next_jump = now + 5, now + 2
        next_change, next_copy, next_fill = now + 2, now + 8, now + 12
        while not self.over.wait(0.25):
            now = time.monotonic()
            self.sandbox.collect()
            self._top_up()
            if now >= next_cut:
                self.wire.cut()
                next_cut = now + self.random.uniform(0.5, 5)
            if now >= next_customer:
                self._customer_writes()
                next_customer = now + self.random.uniform(2, 8)
            if now >= next_jump:
                self.clocks.jump()
                next_jump = now + self.random.uniform(0.5, 4)
            if now >= next_change:
                self.files.change()
                next_change = now + self.random.uniform(0.2, 2)
            if now >= next_copy:
                self.copies.take()
                next_copy = now + self.random.uniform(10, 200)
            if now >= next_fill:
                self.disk.fill()
                self.over.wait(self.random.uniform(0.2, 3))
                self.disk.free()
                next_fill = time.monotonic() + self.random.uniform(15, 60)
            if now >= next_outage:
                self.outages += 1
                self.wire.down()
                self.over.wait(self.random.uniform(0.5, 4))
                self.wire.up()
                next_outage = time.monotonic() + self.random.uniform(8, 30)

    def heal(self):
        """No faults any more, and none comes back."""
        self.over.set()
        self.join()
        self.disk.free()
        self.sandbox.order("DELETE", "/faults")
        self.sandbox.collect()

    def _top_up(self):
        faults = self.sandbox.order("GET", "/faults")
        if len(faults) > 300:
            self.sandbox.order("DELETE", "/faults")
            faults = []
        reads = [fault.get("method") == "GET" for fault in faults if fault.get("times", 0) != 0]
        for isRead in (True, False):
            for _ in range(reads.count(isRead), self.calls):
                self.sandbox.order("POST", "/faults", self._fault(isRead))

    def _fault(self, isRead):
        pick = self.random
        fault = {"times": pick.choice([1, 1, 2, 3]), "after": pick.choice([0, 0, 1, 2, 4])}
        if isRead:
            fault |= {"method": "GET", "path": ".*"}
        elif pick.random() < 0.55:
            fault |= {"method": "POST", "path": "/tickets/.*/(reply|notes)"}
        else:
            fault |= {"method": "PUT", "path": "/tickets/.*"}
        action = pick.choices(
            ["delay", "limit", "fail", "fail_after", "drop_before", "drop_after", "truncate",
             "garbage", "drip", "hang"],
            [8, 6, 6, 6, 8, 8, 6, 4, 2, 1])[0]
        if action == "delay":
            fault |= {"action": "delay", "seconds": round(pick.uniform(0.05, 1.5), 2),
                      "apply": pick.choice(["before", "after"])}
        elif action == "limit":
            waits = [1, 1, 1, 4, 20] if self.is_long else [1, 1, 1, 3]
            fault |= {"action": "status", "code": 429, "retry_after": pick.choice(waits)}
        elif action in ("fail", "fail_after"):
            fault |= {"action": "status", "code": pick.choice([500, 502, 503, 504]),
                      "apply": "never" if action == "fail" else "before"}
        elif action == "drip":
            fault |= {"action": "drip", "bytes_per_second": pick.choice([300, 2000])}
        else:
            fault |= {"action": action}
        return fault

    def _customer_writes(self):
        ticket = self.random.choice(self.tickets)
        try:
            self.sandbox.order(
                "POST", f"/tickets/{ticket['id']}/customer_reply", {"body": "Any news?"})
        except urllib.error.HTTPError:
            pass


def private_folder(path):
    os.makedirs(path, mode=0o700)
    return path
