"""Which digital competences the text of a posting demands, read with the lexicon that ships (`data/posting-sl.yaml`).

Nothing here needs the database.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kazipot.core.language.demands import Reading, read_posting
from kazipot.core.language.lexicon import Lexicon, lexicon

FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times faster where PyYAML has libyaml; just as safe."""


def check_text(text: str) -> Reading:
    """What a Slovenian posting demands, with the words that say so, and whether that is selected, vague or nothing."""
    return read_posting(text, posting_lexicon())


@cache
def posting_lexicon() -> Lexicon:
    """The lexicon as it ships; read once."""
    return lexicon(shipped("posting-sl.yaml"))


def shipped(name: str) -> Any:
    """A data file of the room."""
    text = files("kazipot.hiring").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return yaml.load(text, FastLoader)  # noqa: S506 (a safe loader)


@cache
def names_of_competences(language: str) -> dict[str, str]:
    """Names of the competences of DigComp 3.0 by code, as they ship, in "sl" or "en"."""
    text = files("kazipot.framework").joinpath("data/digcomp.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, FastLoader)  # noqa: S506 (a safe loader)
    latest = next(entry for entry in data["frameworks"] if entry["version"] == "3.0")
    return {entry["code"]: entry[language] for entry in latest["competences"]}
