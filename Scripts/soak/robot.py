"""A user who presses anything that a person might, for as long as wanted, drawn from a seed."""

import collections
import time

WORDS = ["invoice", "re", "an", "order", "+vpn", "-x", "status:open", "\"late\"", "ö", "漢字", "zz"]
TEXTS = ["Thank you for writing.", "Grüße aus Köln", "a <b> & \"c\"", "こんにちは", "line one\nline two",
         "x" * 300, "مرحبا", "👩‍👩‍👧 ok", "{{ticket.id}}", "as attached"]
# No q, Q, : and Ctrl-k, which may end the program, and no o, which starts another one.
LETTERS = "jjjjjjkkkkggGxvnNruUacdsptTeEyYzMRaiPS123456789[]-#/\\*$.,?+_HFlhJK "
SPECIAL = ["<Enter>", "<Esc>", "<Tab>", "<Up>", "<Down>", "<Left>", "<Right>", "<PgUp>", "<PgDn>",
           "<Home>", "<End>", "<C-d>", "<C-u>", "<C-f>", "<C-b>", "<C-n>", "<C-p>", "<C-r>",
           "<C-l>", "<BS>", "<Del>", "<F5>"]
SIZES = [(120, 40), (120, 40), (80, 24), (200, 50), (100, 20), (160, 30), (40, 12), (30, 7), (20, 5)]


class Robot:
    """Works on a pane; each act leaves the console in any state, the next one copes with it."""

    #: The longest that keys may go without any answer, in seconds.
    patience = 10

    def __init__(self, pane, random):
        self.pane, self.random = pane, random
        self.keys = self.sent = self.stops = 0
        self.last = collections.deque(maxlen=60)
        self.slowest = 0.0
        self.problem = None
        self._acts = [
            (30, self.move), (14, self.read), (6, self.look), (6, self.filter), (3, self.search),
            (5, self.views), (6, self.mark), (7, self.write), (5, self.change), (5, self.pages),
            (3, self.outbox), (2, self.resize), (1, self.stop), (2, self.paste), (2, self.palette),
            (12, self.anything)]

    def act(self):
        """One act, and the check that the console still answers."""
        pick = self.random.choices(
            [act for _, act in self._acts], [weight for weight, _ in self._acts])[0]
        pick()
        if self.random.random() < 0.3:
            self.home()
        self.ask()

    def press(self, *keys):
        for key in keys:
            self.pane.type(key)
            self.last.append(key)
            self.keys += 1
            self.pane.pump(self.random.choice([0.0, 0.005, 0.02, 0.06]))

    def type(self, text):
        for character in text:
            self.press({"\n": "<Enter>", "<": "<lt>"}.get(character, character))

    def home(self):
        """Out of whatever is open. A moment after Esc, or it would be Alt with the next key."""
        for _ in range(4):
            self.press("<Esc>")
            self.pane.pump(0.1)

    def ask(self):
        """Ctrl-l paints everything anew wherever one is; right after Esc it would be Alt-Ctrl-l, so
        it may take a second one."""
        while self.pane.pump(0):
            pass
        began = typed = time.monotonic()
        self.pane.type("<C-l>")
        while not self.pane.pump(0.05):
            now = time.monotonic()
            if self.pane.is_over:
                return
            if now - began > self.patience:
                self.problem = "the keys found no answer"
                return
            if now - typed > 1:
                typed = now
                self.pane.type("<C-l>")
        self.slowest = max(self.slowest, time.monotonic() - typed)

    # What people do

    def move(self):
        for _ in range(self.random.randint(1, 25)):
            self.press(self.random.choice(["j", "j", "j", "k", "k", "<Down>", "<PgDn>", "<PgUp>",
                                           "<C-d>", "<C-u>", "G", "<Home>", "J", "K", "<C-n>"]))

    def read(self):
        self.press("<Enter>")
        self.pane.pump(0.05)
        for _ in range(self.random.randint(1, 12)):
            self.press(self.random.choice(["j", "k", "<Space>", "<PgUp>", "J", "K", "za", "zM", "zR",
                                           "H", "l", "h", "<Tab>", "G", "gg", "n"]))

    def look(self):
        self.press(self.random.choice(["P", "i", "+", "_", "gc", "gC", "-", "R", "F"]))

    def filter(self):
        self.press("/")
        self.type(self.random.choice(WORDS))
        self.press(self.random.choice(["<Enter>", "<Esc>", "<Down>"]))

    def search(self):
        self.press("g/")
        self.type(self.random.choice(WORDS))
        self.press("<Enter>")
        self.pane.pump(0.2)

    def views(self):
        self.press(self.random.choice(["[", "]", "1", "2", "3", "4", "5", "6", "7", "S"]))
        if self.random.random() < 0.3:
            self.press("<Down>", "<Enter>")

    def mark(self):
        for _ in range(self.random.randint(1, 6)):
            self.press(self.random.choice(["<Space>", "x", "v", "j", "*i", "*u", "*n", "*o"]))

    def write(self):
        """A reply or note, through its review to any of its ends."""
        self.press(self.random.choice("rrc"))
        self.pane.pump(0.15)
        if "COMPOSE" not in self.pane.screen:
            return
        self.pane.paste(self.random.choice(TEXTS)) if self.random.random() < 0.5 else self.type(
            self.random.choice(TEXTS)[:60])
        self.press("<C-x>")
        self.pane.pump(0.6)
        end = self.random.choice(["y", "y", "y", "y", "p", "c", "<Esc>", "e", "s", "v", "l"])
        self.press(end)
        self.sent += end == "y"
        self.pane.pump(0.2)
        if self.random.random() < 0.1:
            self.press("u")

    def change(self):
        """Fields of one ticket or of those that are marked."""
        field = self.random.choice("aaspptdA")
        self.press(field)
        self.pane.pump(0.1)
        if field == "a":
            self.type(self.random.choice(["a", "ma", "e", "#"]))
        elif field == "t":
            self.type(self.random.choice(["+soak", "-soak", "+vpn"]))
        elif field in "sp":
            self.press(*["<Down>"] * self.random.randint(0, 3))
        self.press("<Enter>")
        self.pane.pump(0.6)
        self.press(self.random.choice(["y", "y", "<Esc>", "n", "-"]))

    def pages(self):
        self.press(self.random.choice(["go", "gd", "gs", "gv", "?"]))
        for _ in range(self.random.randint(1, 8)):
            self.press(self.random.choice(["j", "k", "G", "<PgDn>", "/", "<Enter>", "<Esc>"]))

    def outbox(self):
        self.press("go")
        for _ in range(self.random.randint(1, 6)):
            self.press(self.random.choice(["j", "k", "r", "s", "D", "y", "n", "u", "e", "<Space>"]))
        self.home()

    def resize(self):
        self.pane.resize(*self.random.choice(SIZES))
        self.pane.pump(0.1)
        if self.random.random() < 0.6:
            self.pane.resize(120, 40)

    def stop(self):
        """Ctrl-z; the shell lets it go on at once."""
        self.press("<C-z>")
        self.stops += 1
        self.pane.pump(0.3)

    def paste(self):
        self.pane.paste(self.random.choice(
            ["pasted\ny\ttext", "\x1b[7777hy", "y" * 2000, "漢字\u202etext", "one line"]))

    def palette(self):
        self.press("<C-k>")
        self.type(self.random.choice(["ass", "vie", "x"]))
        self.press("<Down>", "<Esc>")

    def anything(self):
        for _ in range(self.random.randint(1, 30)):
            self.press(self.random.choice(LETTERS) if self.random.random() < 0.75
                       else self.random.choice(SPECIAL))
        self.home()
