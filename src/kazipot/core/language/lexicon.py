"""What a reader of postings knows: names of digital skills, words of level, of demand, and of what demands nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kazipot.core.language.phrases import HIDES, Phrases, phrases


class Level(StrEnum):
    """Levels of DigComp 3.0, lowest first."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    HIGHLY_ADVANCED = "highly_advanced"


class Force(StrEnum):
    """How a passage stands to the candidate's knowledge.

    `demand` and `wish` are what a posting can ask for. `duty` tells what the job is, `aside` what the employer has or
    gives, `application` how to apply, `denied` what is not asked for.
    """

    DEMAND = "required"
    WISH = "desired"
    DUTY = "duty"
    ASIDE = "aside"
    APPLICATION = "application"
    DENIED = "denied"


VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases by what they are for."""

    skills: Phrases
    levels: Phrases
    forces: Phrases
    abilities: Phrases
    heads: Phrases
    looking_back: Phrases


def lexicon(data: Mapping[str, Any]) -> Lexicon:
    """A lexicon from plain data (see `hiring/data/posting-sl.yaml`)."""
    light = [str(word) for word in data["light"]]
    one = {"": ()}
    return Lexicon(
        skills=phrases(data["skills"], gap=2, light=light, tight=(VAGUE,)),
        levels=phrases(data["levels"], gap=0, light=()),
        forces=phrases(data["forces"], gap=1, light=light, tight=(HIDES,)),
        abilities=phrases({**one, "ability": data["abilities"]}, gap=0, light=()),
        heads=phrases({**one, "head": data["heads"]}, gap=0, light=()),
        looking_back=phrases(data["looking_back"], gap=3, light=light),
    )
