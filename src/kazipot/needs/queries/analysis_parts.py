"""What an analysis tells besides its tables and estimates: trend, priorities, demand, interviews."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from kazipot.needs.models import Analysis, Campaign
from kazipot.needs.queries.analysis_tables import Made
from kazipot.needs.queries.demand import demands
from kazipot.needs.queries.heard import heard
from kazipot.needs.queries.priorities import ranked, weights
from kazipot.needs.queries.respondents import Survey
from kazipot.needs.queries.trends import questions, trends


def parts(
    content: Mapping[str, Any],
    campaigns: Sequence[Campaign],
    found: Survey | None,
    kinds: Mapping[int, str],
    made: Mapping[str, Made],
    answered: Collection[int],
    frozen: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The parts, by the name under which they are frozen. `frozen` is the year's last version that showed anything.

    Raises DerivableError.
    """
    year, as_of = content["year"], date.fromisoformat(content["as_of"])
    framework_id = content["framework"]["id"]
    asked = questions(campaigns)
    told: dict[str, Any] = {
        "questions": asked,
        "trend": trends(content, asked) if content["estimates"] else [],
        "interviews": heard(
            year, as_of, framework_id=framework_id, answered=answered, frozen=frozen, frozen_at=_published_at(frozen)
        ),
    }
    if found is not None and made:
        given = weights(found.competence_ids, framework_id, year, as_of)
        told["priorities"] = ranked(content, found, kinds, given)
        told["demand"], went = demands(found, kinds, made, frozen)
        content["method"]["protection"]["demand"] = went
    return told


def _published_at(frozen: Mapping[str, Any] | None) -> Any:
    if frozen is None:
        return None
    rows = Analysis.objects.filter(year=frozen["year"], version=frozen["version"])
    return rows.values_list("published_at", flat=True).first()
