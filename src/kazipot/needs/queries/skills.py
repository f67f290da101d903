"""Own levels of employees as facts, for figures about many people only."""

from collections import defaultdict
from datetime import date

from kazipot.framework import queries as framework
from kazipot.needs.models import Answer
from kazipot.needs.queries.facts import latest_responses


def own_level_facts(year: int, as_of: date, *, expressed_in: int) -> dict[int, dict[int, int]]:
    """What people said last of their own levels, by the day: {person id: {competence id: 0 to 4}}. Four queries.

    Told in the competences of a framework (by its id); where several were asked that are one there, the lowest counts.
    Answers of anonymous surveys lead to nobody and are not among them.
    """
    responses = latest_responses(year, as_of)
    person_of = {response_id: person_id for person_id, response_id in responses.items()}
    said_as = framework.expressions(expressed_in)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Answer.objects.filter(
        response__invitation__campaign__year__in=(year - 1, year), response__submitted_on__lte=as_of
    ).values_list("response_id", "competence_id", "own_level")
    for response_id, competence_id, own in rows.iterator(chunk_size=10_000):
        if (person_id := person_of.get(response_id)) is None:
            continue
        levels = found[person_id]
        for pk in said_as.get(competence_id, ()):
            levels[pk] = min(own, levels.get(pk, own))
    return dict(found)
