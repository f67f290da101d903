"""One person with the link to a seat: looks at the page and accepts or declines, on a bad network, at either node.

What the page says afterwards goes into the diary; nothing else is believed to be stored.
"""

import time
from dataclasses import dataclass
from urllib.parse import urljoin

from answering.form import read
from answering.person import Lost, Person

SAYS = (
    ("Your seat is reserved", "accepted"),
    ("You have declined this seat", "declined"),
    ("seats are taken", "full"),
    ("has been held or cancelled", "over"),
    ("This offer is no longer open", "closed"),
    ("The session does not take place", "closed"),
)
"""What a page says → what the person takes it for. The first that is found counts."""


@dataclass(slots=True)
class Holder(Person):
    """A person who presses one button; `wish` is its value."""

    wish: str = "accept"

    def answer(self) -> None:
        """From the link to the answer. Raises Stopped and Lost."""
        self.port = self.rng.choice(self.habits.ports)
        self.cookies["language"] = "en"
        start = time.time()
        try:
            page = self._insist("GET", self.address, None)
            forms = [form for form in read(page.text).forms if ("answer", self.wish) in form.buttons]
            cut = bool(forms) and self.rng.random() < self.habits.cutting
            if forms:
                target = urljoin(self.address, forms[0].action) if forms[0].action else self.address
                self.note({"what": "pressing", "wish": self.wish})
                pressed = time.time()
                page = self._insist("POST", target, [*forms[0].hidden, ("answer", self.wish)], cut=cut)
                self.note({"what": "pressed", "start": pressed, "end": time.time(), "cut": cut})
            said = next((what for words, what in SAYS if words in page.text), "")
            if not said:
                raise Lost(f"status {page.status} at {self.address} says nothing that is known")
            self.note({"what": said, "start": start, "end": time.time()})
        finally:
            self._hang_up()
