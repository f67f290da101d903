"""A mail server of the test (RFC 5321, as much of it as is needed): takes mail, refuses it for a while, or is slow.

A message is taken when its content has arrived; `taken` holds it even if the sender died before it was told so.
"""

import email
import email.policy
import re
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, cast

LINK = re.compile(r"https?://\S+?(/training/offer/[\w-]+/)")
FIELDS = {"uid": "UID", "sequence": "SEQUENCE", "method": "METHOD", "starts": "DTSTART"}


def as_told(message: EmailMessage, recipient: str) -> dict[str, Any]:
    """What a person has of a message."""
    body = message.get_body(("plain",))
    text = str(body.get_content()).replace("\r\n", "\n") if body is not None else ""
    told: dict[str, Any] = {
        "id": str(message["Message-ID"]), "to": recipient, "subject": str(message["Subject"]), "text": text,
        "link": found.group(1) if (found := LINK.search(text)) else "",
    }  # fmt: skip
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            lines = str(part.get_content()).replace("\r\n ", "").splitlines()
            said = {name: rest for name, _, rest in (line.partition(":") for line in lines)}
            told["calendar"] = [said.get(name, "") for name in FIELDS.values()]
    return told


@dataclass(slots=True)
class Postman:
    """The server; `on_link` is told of each link to an offer that comes for the first time. `plans`: what happens when
    so many messages have been taken, before the sender of the last one is told so."""

    on_link: Callable[[str], None]
    taken: list[dict[str, Any]] = field(default_factory=list)
    away: bool = False
    slow: float = 0.0
    refused: int = 0
    server: Any = None
    known: set[str] = field(default_factory=set)
    plans: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    lock: Any = field(default_factory=threading.Lock)

    def start(self) -> int:
        """Begin to listen; returns the port."""
        postman = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with_one(postman, self)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Talk)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return int(self.server.server_address[1])

    def take(self, content: bytes, recipient: str) -> None:
        """Keep a message."""
        message = cast(EmailMessage, email.message_from_bytes(content, policy=email.policy.default))
        told = as_told(message, recipient)
        with self.lock:
            self.taken.append(told)
            fresh = bool(told["link"]) and told["link"] not in self.known
            self.known.add(told["link"])
            due = [act for number, act in self.plans if number <= len(self.taken)]
            self.plans = [plan for plan in self.plans if plan[0] > len(self.taken)]
        if fresh:
            self.on_link(told["link"])
        for act in due:
            act()

    def stop(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()


def with_one(postman: Postman, talk: socketserver.StreamRequestHandler) -> None:
    """A conversation with one client."""

    def say(line: str) -> None:
        talk.wfile.write(f"{line}\r\n".encode())

    if postman.away:
        with postman.lock:
            postman.refused += 1
        say("421 mail.example is going down")
        return
    recipient = ""
    try:
        say("220 mail.example")
        while line := talk.rfile.readline().decode().strip():
            word = line.partition(" ")[0].upper()
            if word == "DATA":
                say("354 go on")
                content = b"".join(iter(talk.rfile.readline, b".\r\n")).replace(b"\r\n..", b"\r\n.")
                postman.take(content, recipient)
                time.sleep(postman.slow)
            elif word == "RCPT":
                recipient = line.partition(":")[2].strip("<> ")
            say("221 bye" if word == "QUIT" else "250 fine")
            if word == "QUIT":
                return
    except OSError:  # the client is gone
        return
