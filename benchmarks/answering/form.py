"""Reads a page as a browser does and fills in its form as a person does; knows HTML and nothing of Kažipot.

Only what stands in `<main>` counts: menus and the choice of language are not part of what a person is asked.
"""

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser

type Values = list[tuple[str, str]]
"""What is sent, in the order of the page: (name, value)."""

TEXTS = (
    "Excel in preglednice",
    "Česa ne znam? Žal šumnikov: čšžđć ČŠŽĐĆ",
    "Več časa 🙂👩‍🏫 in 🇸🇮",
    "שלום, אני רוצה ללמוד – مرحبا",
    "Prva vrstica\nDruga vrstica",
)
NOT_FILLED_IN = {"submit", "button", "image", "reset", "file"}


@dataclass(slots=True)
class Field:
    """A control, or all radio buttons or check boxes of one name; `value` is what a hidden or text one holds."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    required: bool = False
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def is_text(self) -> bool:
        """Whether a person may write anything there."""
        return self.kind in {"text", "textarea", "search"}


@dataclass(slots=True)
class Form:
    """A form of a page, with its buttons as (name, value)."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: Values = field(default_factory=list)

    @property
    def asked(self) -> list[Field]:
        """What a person sees of it and may fill in."""
        return [found for found in self.fields.values() if found.kind != "hidden"]

    @property
    def hidden(self) -> Values:
        """What goes along unseen."""
        return [(found.name, found.value) for found in self.fields.values() if found.kind == "hidden"]


@dataclass(slots=True)
class Page:
    """What a page's main part holds."""

    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.form: Form | None = None
        self.selected: Field | None = None
        self.written: Field | None = None
        self.option = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in said:
            self.page.links.append(said["href"])
        elif tag == "form":
            self.form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.page.forms.append(self.form)
        elif self.form is not None and "disabled" not in said:
            self._control(self.form, tag, said)

    def _control(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        if tag == "option" and self.selected is not None:
            self.option = said.get("value", "")
            self.selected.options.append(self.option)
            if "selected" in said:
                self.selected.checked.append(self.option)
        elif tag in {"button", "input"} and said.get("type", "submit" if tag == "button" else "text") == "submit":
            form.buttons.append((name, said.get("value", "")))
        elif not name:
            return
        elif tag == "select":
            self.selected = form.fields[name] = Field(name, "select", required="required" in said, attributes=said)
        elif tag == "textarea":
            self.written = form.fields[name] = Field(name, "textarea", required="required" in said, attributes=said)
        elif tag == "input" and said.get("type", "text") not in NOT_FILLED_IN:
            self._input(form, name, said.get("type", "text"), said)

    def _input(self, form: Form, name: str, kind: str, said: dict[str, str]) -> None:
        found = form.fields.setdefault(name, Field(name, kind, said.get("value", ""), attributes=said))
        found.required = found.required or "required" in said
        if kind in {"radio", "checkbox"}:
            found.options.append(said.get("value", "on"))
            if "checked" in said:
                found.checked.append(said.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.selected = None
        elif tag == "textarea":
            self.written = None

    def handle_data(self, data: str) -> None:
        if self.written is not None:
            self.written.value += data


def read(html: str) -> Page:
    """The forms and links of a page's main part."""
    start, end = html.find("<main"), html.find("</main>")
    reader = _Reader()
    reader.feed(html[start:end] if start >= 0 else html)
    reader.close()
    return reader.page


def fill(form: Form, rng: random.Random, *, keep: bool = False) -> Values:
    """Legal answers to everything that a form asks, drawn by chance; what goes along unseen is not in it.

    With `keep` it is a page seen a moment ago, with one more question: what was ticked there stays.
    """
    told = {asked.name: asked.checked for asked in form.asked if keep and asked.checked}
    return [(asked.name, value) for asked in form.asked for value in told.get(asked.name) or _choose(asked, rng)]


def forward(form: Form) -> Values:
    """The button that goes on: `step=next` if there is one, else the first."""
    if ("step", "next") in form.buttons:
        return [("step", "next")]
    return [button for button in form.buttons[:1] if button[0]]


def _choose(asked: Field, rng: random.Random) -> list[str]:
    several = "multiple" in asked.attributes
    if asked.kind == "radio" or (asked.kind == "select" and not several):
        options = [option for option in asked.options if option] or asked.options
        return [rng.choice(options)] if options else []
    if asked.kind in {"checkbox", "select"}:
        chosen = [option for option in asked.options if rng.random() < 0.4]
        return chosen or (asked.options[:1] if asked.required else [])
    return [_write(asked, rng)]


def _write(asked: Field, rng: random.Random) -> str:
    if asked.kind in {"number", "range"}:
        low, high = (int(float(asked.attributes.get(end) or default)) for end, default in (("min", 0), ("max", 10)))
        return str(rng.randint(low, max(low, high)))
    if asked.kind == "date":
        return asked.value or "2026-06-01"
    if asked.kind == "email":
        return "ana.novak@example.si"
    if not asked.is_text or not (asked.required or rng.random() < 0.5):
        return asked.value
    return rng.choice(TEXTS)[: int(asked.attributes.get("maxlength") or 1_000)]
