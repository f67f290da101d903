"""Compares what people were told (their diaries) and the mail they got with what is stored. Shares no code with the
product."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

type Row = Mapping[str, Any]
HELD = ("offered", "accepted")
KINDS = ("overbooked", "lost", "doubled", "untold", "twice", "empty")


@dataclass(slots=True)
class Finding:
    """What the comparison found: numbers, and faults by kind in words.

    overbooked: more people accepted than there are seats; lost: told one thing, stored another, or stored and told to
    nobody; doubled: one mail as two; untold: a mail that should have come; twice: one person in two sessions of a
    course; empty: a seat is free though somebody waits.
    """

    accepted: int = 0
    declined: int = 0
    full: int = 0
    mails: int = 0
    repeated: int = 0
    faults: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def all_faults(self) -> list[str]:
        """Every fault in words."""
        return [f"{kind}: {text}" for kind, texts in self.faults.items() for text in texts]


def compare(entries: Iterable[Row], mails: Iterable[Row], stored: Row, *, killed: int = 0) -> Finding:
    """Look for what must not be. A worker that is killed may repeat the one message that it was sending, under the
    same name; so many repeats are allowed."""
    found = Finding()
    said, pressed = _diaries(entries, found)
    offers = list(stored["offers"])
    sessions = {row["id"]: row for row in stored["sessions"]}
    _seats(offers, sessions, found)
    _answers(offers, sessions, said, pressed, found)
    _trail(offers, stored["events"], found)
    _mails(list(mails), killed, found)
    _told(offers, sessions, said, list(mails), found)
    if stored["unsent"]:
        found.faults["untold"].append(f"{stored['unsent']} messages have not left")
    return found


def _diaries(entries: Iterable[Row], found: Finding) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By the digest of a link: what its page said after a press, and what was pressed."""
    said: dict[str, set[str]] = defaultdict(set)
    pressed: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        who = digest_of(entry["who"])
        if entry["what"] in {"accepted", "declined", "full"}:
            said[who].add(entry["what"])
        if entry["what"] == "pressing":
            pressed[who].add({"accept": "accepted", "decline": "declined"}[entry["wish"]])
        if entry["what"] == "lost":
            found.faults["lost"].append(f"{entry['who']} could not go on: {entry['why']}")
    for what in ("accepted", "declined", "full"):
        setattr(found, what, sum(what in words for words in said.values()))
    return said, pressed


def digest_of(link: str) -> str:
    """SHA-256 of the token in a link's path."""
    return hashlib.sha256(link.rstrip("/").rpartition("/")[2].encode()).hexdigest()


def _seats(offers: list[Row], sessions: Mapping[int, Row], found: Finding) -> None:
    for pk, session in sessions.items():
        accepted = sum(row["session"] == pk and row["state"] == "accepted" for row in offers)
        if accepted > session["seats"]:
            found.faults["overbooked"].append(f"session {pk}: {accepted} accepted, {session['seats']} seats")
        if session["status"] == "planned" and session["free"] > 0 and session["waiting"] > 0:
            found.faults["empty"].append(f"session {pk}: {session['free']} free, {session['waiting']} wait")
    held: dict[int, list[Row]] = defaultdict(list)
    for row in offers:
        if row["state"] in HELD and sessions[row["session"]]["status"] == "planned":
            held[row["person"]].append(sessions[row["session"]])
    for person, rows in held.items():
        if max(Counter(row["course"] for row in rows).values()) > 1 or len({row["on"] for row in rows}) < len(rows):
            found.faults["twice"].append(f"person {person}: sessions {[row['id'] for row in rows]}")


def _answers(
    offers: list[Row],
    sessions: Mapping[int, Row],
    said: Mapping[str, set[str]],
    pressed: Mapping[str, set[str]],
    found: Finding,
) -> None:
    kept = {row["digest"]: row for row in offers}
    for who, words in said.items():
        row = kept.get(who)
        state = "" if row is None else row["state"]
        if row is not None and state == "withdrawn" and row["answered"] and _is_off(row, sessions):
            state = "accepted"  # the session was cancelled after the answer
        if not ({"accepted", "declined"} & words <= {state}):
            found.faults["lost"].append(f"told {sorted(words)}, stored {state or 'nothing'}")
    for who, row in kept.items():
        if row["state"] in {"accepted", "declined"} and row["state"] not in pressed.get(who, set()):
            found.faults["lost"].append(f"offer {row['id']} is {row['state']} and nobody pressed that")


def _is_off(row: Row, sessions: Mapping[int, Row]) -> bool:
    return bool(sessions[row["session"]]["status"] == "cancelled")


def _trail(offers: list[Row], events: list[int], found: Finding) -> None:
    answered = Counter(row["id"] for row in offers if row["answered"])
    for pk, number in (Counter(events) - answered).items():
        found.faults["doubled"].append(f"offer {pk}: {number} answers too many in the trail")
    for pk in answered - Counter(events):
        found.faults["lost"].append(f"offer {pk}: an answer is not in the trail")


def _mails(mails: list[Row], killed: int, found: Finding) -> None:
    """One content under two names is two mails; one name twice is a repeat, and a dead worker's only."""
    found.mails = len(mails)
    names: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for mail in mails:
        names[(mail["to"], mail["subject"], mail["text"], *mail.get("calendar", ()))].add(mail["id"])
    for content, different in names.items():
        if len(different) > 1:
            found.faults["doubled"].append(f"{len(different)} mails to {content[0]}: {content[1]}")
    found.repeated = len(mails) - len({(mail["id"], mail["to"]) for mail in mails})
    if found.repeated > killed:
        found.faults["doubled"].append(f"{found.repeated} mails repeated, {killed} workers killed")


def _told(
    offers: list[Row], sessions: Mapping[int, Row], said: Mapping[str, set[str]], mails: list[Row], found: Finding
) -> None:
    """Each offer with its link, each accepted seat with an invitation, each cancelled one with a cancellation."""
    links = {digest_of(mail["link"]) for mail in mails if mail["link"]}
    calendars = {(mail["calendar"][0], mail["calendar"][2], mail["to"]) for mail in mails if "calendar" in mail}
    for row in offers:
        if row["digest"] not in links:
            found.faults["untold"].append(f"offer {row['id']}: no mail has its link")
        uid = next((uid for uid, _method, to in calendars if to == row["email"] and _is_of(uid, row)), None)
        wanted = ["REQUEST"] if row["state"] == "accepted" or "accepted" in said.get(row["digest"], set()) else []
        wanted += ["CANCEL"] if wanted and _is_off(row, sessions) else []
        for method in wanted:
            if (uid, method, row["email"]) not in calendars:
                found.faults["untold"].append(f"offer {row['id']}: no {method} for the calendar")


def _is_of(uid: str, row: Row) -> bool:
    return uid.partition("@")[0] == f"seat-{row['id']}-{row['session']}"
