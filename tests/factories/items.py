"""Test items, their versions and parameters for tests."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from kazipot.core.items.definition import Artefact, Form, Item, Kind, Line, Option, Source, Text
from kazipot.core.items.reading import as_data
from kazipot.foundation.models import User
from kazipot.verification import operations
from kazipot.verification.models import Item as ItemRow
from kazipot.verification.models import ItemBank, ItemEvent, ItemParameters, ItemPicture, ItemVersion

AT = datetime(2026, 5, 1, 8, tzinfo=UTC)
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006"
    "000557bfabd40000000049454e44ae426082"
)
"""A PNG of one point."""
_numbers = count(1)


def later() -> datetime:
    """A moment after all others."""
    return AT + timedelta(minutes=next(_numbers))


def text(words: str) -> Text:
    """Words with their language before them."""
    return Text(sl=f"sl {words}", en=f"en {words}")


def choice(key: str, words: str, *, correct: bool = False) -> Option:
    """An option with a rationale."""
    return Option(key, text(words), correct, text(f"because of {key}"))


def single(key: str = "", **changes: Any) -> Item:
    """An item with one right answer of three."""
    key = key or f"item-{next(_numbers)}"
    options = (choice("a", "call the bank", correct=True), choice("b", "click it at once"), choice("c", "send it on"))
    plain: dict[str, Any] = {
        "key": key, "kind": Kind.SINGLE, "stem": text(f"What do you do about {key}?"), "area": "phishing",
        "options": options, "explanation": text(f"Take away of {key}."), "competences": ("4.2",),
        "sources": (Source("SI-CERT", "https://www.cert.si"),),
    }  # fmt: skip
    return Item(**plain | changes)


def hotspot(key: str = "", **changes: Any) -> Item:
    """An e-mail with two suspicious regions of three."""
    lines = (
        Line("from", text("bank@odd.example"), region="sender"),
        Line("subject", text("your account")),
        Line("body", text("dear customer"), region="greeting"),
        Line("link", text("bank.example"), region="link", target="https://odd.example/bank"),
    )
    options = tuple(
        Option(region, Text(), region != "greeting", text(f"because of {region}"))
        for region in ("sender", "greeting", "link")
    )
    plain = {"kind": Kind.HOTSPOT, "artefact": Artefact(Form.EMAIL, lines), "options": options}
    return single(key, **plain | changes)


def order(key: str = "", **changes: Any) -> Item:
    """Three steps in their order."""
    options = tuple(
        Option(key, text(words), False, text(f"because of {key}"))
        for key, words in (("first", "unplug"), ("second", "report"), ("third", "wait"))
    )
    return single(key, **{"kind": Kind.ORDER, "options": options} | changes)


def match(key: str = "", **changes: Any) -> Item:
    """Two things to be matched, and a match that goes with nothing."""
    options = (
        Option("letter", text("letter"), False, text("because of letter"), text("envelope")),
        Option("file", text("file"), False, text("because of file"), text("folder")),
        Option("none", Text(), False, text("because of none"), text("bucket")),
    )
    return single(key, **{"kind": Kind.MATCH, "options": options} | changes)


def multiple(key: str = "", **changes: Any) -> Item:
    """Two right answers of four."""
    options = (
        choice("a", "lock the screen", correct=True), choice("b", "share the code"),
        choice("c", "take the card along", correct=True), choice("d", "leave the door open"),
    )  # fmt: skip
    return single(key, **{"kind": Kind.MULTIPLE, "options": options} | changes)


def scenario(key: str = "", **changes: Any) -> Item:
    """A story with two parts."""
    own: dict[str, Any] = {"area": "", "competences": (), "sources": (), "explanation": Text()}
    parts = (single("call", **own), hotspot("mail", **own))
    return single(key, **{"kind": Kind.SCENARIO, "options": (), "parts": parts} | changes)


def make_version(
    item: Item | None = None, *, state: str = "live", b: tuple[float, ...] = (0.0,), at: datetime = AT,
    author: User | None = None, **changes: Any,
) -> ItemVersion:  # fmt: skip
    """A version in a state, with an event that tells so and, with `b`, parameters by experts."""
    asked = item or single()
    bank, _made = ItemBank.objects.get_or_create(
        key="city", defaults={"scope": "city", "title_sl": "Mestna banka", "title_en": "City bank"}
    )
    row, _made = ItemRow.objects.get_or_create(key=asked.key, defaults={"bank": bank})
    number = ItemVersion.objects.filter(item=row).count() + 1
    fields: dict[str, Any] = {
        "item": row, "number": number, "state": state, "area": asked.area, "kind": str(asked.kind),
        "difficulty": asked.difficulty, "enemies": " ".join(asked.enemies), "content": as_data(asked),
        "digest": f"digest-{asked.key}-{number}", "complete_sl": True, "complete_en": True, "author": author,
        "reason": "for a test", "made_at": at,
    }  # fmt: skip
    version = ItemVersion.objects.create(**fields | changes)
    ItemEvent.objects.create(version=version, before="", after=state, actor=author, reason="for a test", at=at)
    if b:
        give_parameters(version, b=b, at=at)
    return version


def give_parameters(version: ItemVersion, *, b: tuple[float, ...], at: datetime = AT, **changes: Any) -> ItemParameters:
    """Parameters by experts from a moment on."""
    model = "rasch" if len(b) == 1 else "gpcm"
    plain = {"model": model, "a": 1.0, "b": list(b), "origin": "expert", "valid_from": at, "reason": "for a test"}
    return ItemParameters.objects.create(version=version, **plain | changes)


def make_picture(name: str = "desk.png") -> ItemPicture:
    """A picture of one point."""
    return operations.add_picture(name=name, content=POINT, at=AT, actor=None)
