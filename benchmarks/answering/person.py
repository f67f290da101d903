"""One person with a phone: follows the questionnaire page by page, on a bad network, until it is received.

A person knows the link and what the pages say. Every save that was acknowledged (by a redirect) and every sending that
was acknowledged (by the receipt) goes into the person's diary; nothing else is believed to be stored.
"""

import http.client
import random
import socket
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from .form import Form, Values, fill, forward, read

PATIENCE = 20.0
"""Seconds after which an answer is given up and asked for again."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 3.0)
"""Seconds before the second, third … attempt; the last one repeats."""
LONGEST_WALK = 60
"""Pages after which the questionnaire is held to lead in circles."""
RECEIPT = "/receipt/"
MORE = "more="
"""In the address of a page to which an answer has added a question."""


class Stopped(Exception):
    """The time of the test is over."""


class Lost(Exception):
    """A page that no person could go on from; the text says which."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the people of a test behave."""

    ports: tuple[int, ...]
    cutting: float
    changing: float
    thinking: float
    deadline: float


@dataclass(slots=True)
class Answered:
    """An answer of a server: status, address to go to, and the page."""

    status: int
    location: str
    text: str


@dataclass(slots=True)
class Person:
    """A person with an invitation; `note` keeps the diary."""

    invitation: int
    address: str
    habits: Habits
    rng: random.Random
    note: Callable[[dict[str, Any]], None]
    port: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def answer(self) -> None:
        """From the link to the receipt. Raises Stopped and Lost."""
        self.port = self.rng.choice(self.habits.ports)
        path = urlsplit(self.address).path
        sent_from: list[str] = []
        change = self.rng.random() < self.habits.changing
        try:
            here, page = self._open(self.address)
            for _step in range(LONGEST_WALK):
                if RECEIPT in urlsplit(here).path:
                    self.note({"what": "received"})
                    return
                receipt = next((link for link in page.links if RECEIPT in link), None)
                form = next((form for form in page.forms if form.method == "post" and form.buttons), None)
                if receipt is not None:
                    here, page = self._open(urljoin(here, receipt))
                elif form is not None and change and sent_from and not form.asked:
                    change = False
                    here, page = self._open(sent_from[0])
                elif form is not None:
                    sent_from.append(here)
                    here, page = self._send(here, form)
                else:
                    onward = next(
                        (to for link in page.links if urlsplit(to := urljoin(here, link)).path == path and to != here),
                        None,
                    )
                    if onward is None:
                        raise Lost(f"nothing to go on with at {here}")
                    here, page = self._open(onward)
            raise Lost(f"too many pages, the last at {here}")
        finally:
            self._hang_up()

    def _open(self, address: str) -> tuple[str, Any]:
        """Look at a page, following redirects: where it is, and what it holds."""
        for _hop in range(5):
            start = time.time()
            answer = self._insist("GET", address, None)
            self.note({"what": "look", "start": start, "end": time.time(), "status": answer.status})
            if answer.status not in {301, 302, 303}:
                return address, read(answer.text)
            address = urljoin(address, answer.location)
        raise Lost(f"redirects in circles at {address}")

    def _send(self, here: str, form: Form) -> tuple[str, Any]:
        """Fill in a form and send it until something is answered; acknowledged is what is redirected."""
        chosen = fill(form, self.rng, keep=MORE in urlsplit(here).query)
        self._think(len(form.asked))
        target = urljoin(here, form.action) if form.action else here
        said: dict[str, list[str]] = {asked.name: [] for asked in form.asked}
        for name, value in chosen:
            said[name].append(value)
        start, cut = time.time(), self.rng.random() < self.habits.cutting
        self.note({"what": "sending", "fields": said})
        answer = self._insist("POST", target, [*form.hidden, *chosen, *forward(form)], cut=cut)
        timed = {"start": start, "end": time.time(), "cut": cut}
        if answer.status in {302, 303}:
            where = urljoin(target, answer.location)
            self.note({"what": "final" if RECEIPT in urlsplit(where).path else "page", **timed})
            return self._open(where)
        page = read(answer.text)
        if any(RECEIPT in link for link in page.links):  # an earlier attempt had arrived
            self.note({"what": "final", **timed})
        return target, page

    def _think(self, questions: int) -> None:
        if self.habits.thinking:
            time.sleep(self.rng.uniform(0.5, 1.5) * self.habits.thinking * min(1.0, 0.2 + questions / 10))

    def _insist(self, method: str, address: str, values: Values | None, *, cut: bool = False) -> Answered:
        """Ask again and again, at either node, until a server answers otherwise than with a fault of its own."""
        for pause in self._pauses():
            try:
                answer = self._ask(method, address, values, cut=cut)
            except (OSError, http.client.HTTPException) as error:
                self._hang_up()
                reason = "cut" if cut else type(error).__name__
            else:
                if answer.status < 500:
                    return answer
                reason = str(answer.status)
            cut = False
            self.note({"what": "retry", "at": time.time(), "reason": reason, "method": method})
            self.port = self.rng.choice(self.habits.ports)
            self._hang_up()
            time.sleep(pause * self.rng.uniform(0.5, 1.5))
        raise Stopped

    def _pauses(self) -> Iterator[float]:
        number = 0
        while time.time() < self.habits.deadline:
            yield PAUSES[min(number, len(PAUSES) - 1)]
            number += 1

    def _ask(self, method: str, address: str, values: Values | None, *, cut: bool) -> Answered:
        """One request. With `cut`, the connection is gone as soon as the request has been sent."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if values is not None:
            body = urlencode(values)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, address, body, headers)
        if cut:
            self._break_off()
            raise ConnectionAbortedError
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        if response.will_close:
            self._hang_up()
        return Answered(response.status, response.headers.get("Location", ""), text)

    def _break_off(self) -> None:
        """As networks do: sometimes orderly, sometimes with a reset."""
        if self.connection is not None and self.connection.sock is not None and self.rng.random() < 0.5:
            self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
