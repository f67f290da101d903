"""The Slovenian catalogues: each room has its own; here they are extracted, checked and compiled, in pure Python.

python -m kazipot.project.catalogue extract [ROOM …]   bring the .po files in step with the code
python -m kazipot.project.catalogue check              fail when anything is missing
python -m kazipot.project.catalogue compile            make the .mo files that Django reads
"""

import ast
import io
import os
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import django.utils.translation.template as templates
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE = "sl"
PLURAL_FORMS = "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CALL = re.compile(r"\b(?:_|n?gettext|n?pgettext)\(")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def rooms() -> list[Path]:
    """Folders that have a catalogue of their own: every package of the product with texts."""
    found = [path.parent for path in PACKAGE.glob("**/apps.py") if "migrations" not in path.parts]
    return sorted(found)


def path_of(room: Path) -> Path:
    """The room's Slovenian catalogue."""
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def sources(room: Path) -> Iterator[Path]:
    """The room's own modules and templates, without rooms inside it."""
    inner = [other for other in rooms() if other != room and room in other.parents]
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if not any(other in path.parents for other in inner) and "migrations" not in path.parts:
            yield path


def extracted(room: Path) -> Catalog:
    """Every text of the room, without translations."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    found = Catalog()
    for path in sources(room):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = _calls_of(text, path)
        lines = io.BytesIO(text.encode())
        for _line, function, message, _comments in extract_python(
            lines, dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"}
        ):
            _add(found, str(function), message)
    return found


def _calls_of(text: str, path: Path) -> str:
    """A template as Python: its translating calls, one a line. Django blots out the rest with letters that are
    no Python, so the calls are picked out of it."""
    blotted = templates.templatize(text, origin=str(path))
    calls: list[str] = []
    for match in CALL.finditer(blotted):
        for end in (found.end() for found in re.finditer(r"\)", blotted[match.start() :])):
            call = blotted[match.start() : match.start() + end]
            try:
                ast.parse(call, mode="eval")
            except SyntaxError:
                continue
            calls.append(call)
            break
    return "\n".join(calls)


def _add(found: Catalog, function: str, message: str | Sequence[str | None]) -> None:
    """Put one call of a translating function into the catalogue."""
    parts = [message] if isinstance(message, str) else list(message)
    context = parts.pop(0) if function.startswith(("pgettext", "npgettext")) and parts else None
    texts = [part for part in parts if isinstance(part, str)]
    plural = "ngettext" in function or "npgettext" in function
    if texts and texts[0]:
        found.add((texts[0], texts[1]) if plural and len(texts) > 1 else texts[0], context=context)


def read(path: Path) -> Catalog:
    """A catalogue from its file; an empty one when there is none."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _messages(found: Catalog) -> dict[tuple[str, str | None], Message]:
    return {(_first(message), message.context): message for message in found if message.id}


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def extract(room: Path) -> None:
    """Bring the room's catalogue in step with its texts; translations are kept, unused ones go."""
    wanted = _messages(extracted(room))
    if not wanted:
        return
    path = path_of(room)
    known = _messages(read(path))
    lines = [
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Kažipot\\n"\n"Language: sl\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS}\\n"\n'
    ]
    catalogue = Catalog(locale=LANGUAGE)
    for key in sorted(wanted, key=lambda key: (key[0].casefold(), key[0], key[1] or "")):
        message = wanted[key]
        before = known.get(key)
        empty: str | tuple[str, ...] = "" if isinstance(message.id, str) else ("",) * 4
        kept = (
            before.string if before is not None and isinstance(before.string, str) == isinstance(empty, str) else empty
        )
        catalogue.add(message.id, kept, context=message.context)
    body = io.BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, no_location=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines[0] + "\n" + body.getvalue().decode(), encoding="utf-8")


def problems() -> list[str]:
    """Everything wrong with the catalogues, one sentence each."""
    found: list[str] = []
    translations: dict[tuple[str, str | None], dict[tuple[str, ...], str]] = defaultdict(dict)
    for room in rooms():
        name = room.relative_to(PACKAGE).as_posix()
        wanted, known = _messages(extracted(room)), _messages(read(path_of(room)))
        for key in wanted:
            if key not in known:
                found.append(f"{name}: {key[0]!r} is not in the catalogue; run extract.")
        for key, message in known.items():
            if key not in wanted:
                found.append(f"{name}: {key[0]!r} is used nowhere; run extract.")
            found.extend(f"{name}: {key[0]!r} {fault}" for fault in faults(message))
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            translations[key].setdefault(strings, name)
    for key, variants in translations.items():
        if len(variants) > 1:
            found.append(f"{' and '.join(variants.values())}: {key[0]!r} is translated differently.")
    return found


def faults(message: Message) -> list[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        return ["is marked as fuzzy."]
    if isinstance(message.id, str):
        strings = [message.string if isinstance(message.string, str) else ""]
    else:
        strings = list(message.string or ()) if not isinstance(message.string, str) else []
        if len(strings) != 4:
            return ["needs four plural forms."]
    if not all(strings):
        return ["has no translation."]
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    names = {frozenset(_names(text)) for text in ids}
    return [f"has other placeholders in {text!r}." for text in strings if frozenset(_names(text)) not in names]


def _names(text: str) -> list[str]:
    return [match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))]


def compile_all() -> None:
    """Make each .mo file that is missing or older than its .po; whole or not at all."""
    for room in rooms():
        source = path_of(room)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with tempfile.NamedTemporaryFile(dir=source.parent, delete=False) as file:
                write_mo(file, read(source))
            os.chmod(file.name, 0o644)
            os.replace(file.name, target)


def main(arguments: Sequence[str]) -> int:
    """The command; returns the exit status."""
    match list(arguments):
        case ["extract", *names]:
            for room in rooms():
                if not names or room.relative_to(PACKAGE).as_posix() in names:
                    extract(room)
            return 0
        case ["compile"]:
            compile_all()
            return 0
        case ["check"]:
            found = problems()
            for line in found:
                print(line, file=sys.stderr)
            return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
