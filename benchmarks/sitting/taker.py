"""One person who takes the test on a phone: by a link, question by question, on a bad network, to the result.

What was acknowledged (by a redirect) goes into the diary; nothing else is believed to be stored. The person knows
nothing of digital security: answers are drawn by chance, and "I don't know" where a form is refused as incomplete.
"""

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from answering.form import Form, Values, fill, read
from answering.person import Answered, Lost, Person

MOST_PAGES = 80
STEM = re.compile(r'item__stem">(.*?)</(?:h1|h2|p|span)>', re.S)


@dataclass(slots=True)
class Taker(Person):
    """A person with a link to the test."""

    def answer(self) -> None:
        """From the link to the result. Raises Stopped and Lost."""
        self.port = self.rng.choice(self.habits.ports)
        try:
            here, page = self._show(self.address)
            for _step in range(MOST_PAGES):
                if "/tests/" in here:
                    self.note({"what": "received"})
                    return
                here, page = self._onward(here, page)
            raise Lost(f"too many pages, the last at {here}")
        finally:
            self._hang_up()

    def _show(self, address: str) -> tuple[str, Answered]:
        """A page, redirects followed."""
        for _hop in range(5):
            answer = self._insist("GET", address, None)
            if answer.status not in {301, 302, 303}:
                return address, answer
            address = urljoin(address, answer.location)
        raise Lost(f"redirects in circles at {address}")

    def _onward(self, here: str, page: Answered) -> tuple[str, Answered]:
        form = next((form for form in read(page.text).forms if form.method == "post"), None)
        if form is None or page.status not in {200, 422}:
            raise Lost(f"nothing to go on with at {here} ({page.status})")
        if "token" in form.fields:
            return self._question(here, page, form)
        self._think(3)
        sent: Values = [*form.hidden, *(("more_time", "100") for _ in form.asked)]
        return self._sent(here, form, sent, {})

    def _question(self, here: str, page: Answered, form: Form) -> tuple[str, Answered]:
        number = int(form.fields["number"].value)
        seen = hashlib.sha256("".join(STEM.findall(page.text)).encode()).hexdigest()[:16]
        chosen: Values = [] if page.status == 422 else fill(form, self.rng)
        step = "unknown" if page.status == 422 else "answer"
        self._think(len(form.asked))
        said: dict[str, list[str]] = {}
        for name, value in chosen:
            said.setdefault(name, []).append(value)
        told = {"number": number, "fields": said, "seen": seen}
        self.note({"what": "sending", **told})
        return self._sent(here, form, [*form.hidden, *chosen, ("step", step)], told)

    def _sent(self, here: str, form: Form, values: Values, told: dict[str, Any]) -> tuple[str, Answered]:
        """Send a form until something answers, and open what comes next."""
        target = urljoin(here, form.action) if form.action else here
        start, cut = time.time(), self.rng.random() < self.habits.cutting
        answer = self._insist("POST", target, values, cut=cut)
        if answer.status not in {302, 303}:
            return target, answer
        if told:
            self.note({"what": "taken", **told, "start": start, "end": time.time(), "cut": cut})
        where, page = self._show(urljoin(target, answer.location))
        if told:
            self.note({"what": "next", "start": start, "end": time.time(), "cut": cut})
        return where, page
