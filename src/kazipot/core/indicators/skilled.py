"""Context: the share of digitally skilled employees. It has no target; it shows where hiring and training lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kazipot.core.indicators.count import Count


@dataclass(frozen=True, slots=True)
class SkillFact:
    """An employee who told their own levels: what is demanded of their post, what they have, whether they passed a
    verification. Levels are {competence id: 0 to 4}."""

    person_id: int
    unit_id: int
    demanded: Mapping[int, int]
    own: Mapping[int, int]
    verified: bool


def is_skilled(fact: SkillFact) -> bool:
    """Whether every own level that is known reaches the level demanded: own(c) ≥ demanded(c) for all c asked about."""
    return all(fact.own[pk] >= level for pk, level in fact.demanded.items() if pk in fact.own)


def skilled(facts: Iterable[SkillFact]) -> Count[int]:
    """Digitally skilled people among those who were asked about a competence that their post demands.

    Who was asked about none of them isn't counted: nothing is known of them.
    """
    counted = [fact for fact in facts if fact.demanded.keys() & fact.own.keys()]
    return Count(
        met=frozenset(fact.person_id for fact in counted if is_skilled(fact)),
        all_=frozenset(fact.person_id for fact in counted),
    )


def confirmed(facts: Iterable[SkillFact]) -> Count[int]:
    """As `skilled`, but only who also passed a verification of digital security: it doesn't rest on one's own word."""
    listed = list(facts)
    count, verified = skilled(listed), {fact.person_id for fact in listed if fact.verified}
    return Count(met=count.met & verified, all_=count.all_)
