"""From a request to the day, the part and the figures that its sender may see, or to the same 404."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.dateparse import parse_date

from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach, Request, may_see_name
from kazipot.strategy import queries
from kazipot.strategy.errors import UnknownIndicator, UnknownScope
from kazipot.strategy.queries import Indicator, Place, Record, Scope, Thing

OPENS: Mapping[str, str] = {
    "advisors": "advisors.see",
    "needs": "needs.see_analyses",
    "training": "training.see_offers",
    "hiring": "hiring.see",
    "verification": "verification.see_duties",
}
"""To open an indicator's evidence one must be allowed to see the same records in their own room."""


@dataclass(frozen=True, slots=True)
class EvidenceReach:
    """How far the actor may open an indicator's evidence: as far as the count and the records' room both say."""

    count: Reach
    room: Reach

    def covers(self, place: Place | None) -> bool:
        """Whether what is counted under the unit may be opened; what is counted for everybody always may."""
        if place is None:
            return True
        return all(reach.covers(employer_id=place.employer_id, unit_id=place.id) for reach in (self.count, self.room))


def day_to_see(request: Request) -> date:
    """The day asked for with ?on=, up to today; today when it's missing or no day."""
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return min(asked, request.today) if asked else request.today


def scope_to_see(request: HttpRequest, tree: queries.Tree) -> Scope:
    """The part asked for with ?scope=; 404 when there is no such unit or kind of unit on the day."""
    try:
        scope = queries.scope_from(request.GET.get("scope", ""))
        scope.units(tree)
    except UnknownScope:
        raise Http404 from None
    return scope


def indicator_to_see(indicator_id: str) -> queries.Spec:
    """What the strategy says of an indicator; 404 when it has none with this id."""
    try:
        return queries.spec_of(queries.strategy(), indicator_id)
    except UnknownIndicator:
        raise Http404 from None


def training_indicator_to_see(indicator_id: str) -> queries.TrainingIndicator:
    """The indicator of training with this id; 404 for any other."""
    spec = indicator_to_see(indicator_id)
    if not isinstance(spec, queries.TrainingIndicator):
        raise Http404
    return spec


def public_indicator(indicator_id: str) -> queries.Spec:
    """An indicator that everybody may see; otherwise 404."""
    spec = indicator_to_see(indicator_id)
    if not spec.public:
        raise Http404
    return spec


def evidence_reach(request: Request, spec: queries.Spec) -> EvidenceReach:
    """How far the actor may open the evidence. 403 when not at all."""
    capability = OPENS[spec.kind]
    if not request.actor.may(capability):
        raise PermissionDenied
    return EvidenceReach(request.actor.reach("strategy.see_evidence"), request.actor.reach(capability))


def may_open(request: Request, spec: queries.Spec) -> bool:
    """Whether there is any evidence of the indicator that the actor may open."""
    return request.actor.may("strategy.see_evidence") and request.actor.may(OPENS[spec.kind])


def may_read(request: Request, figure: Indicator) -> bool:
    """Whether the actor may read the numbers: of small groups only who may open the records themselves."""
    if not figure.protected:
        return True
    if not may_open(request, figure.spec):
        return False
    reach = evidence_reach(request, figure.spec)
    if figure.scope.level != "unit":
        return reach.count.everywhere and reach.room.everywhere
    employer_code, _, unit_code = figure.scope.key.partition("/")
    unit = organisation.unit_by_code(employer_code, unit_code, on=figure.counted_on)
    return unit is not None and all(
        part.covers(employer_id=unit.employer_id, unit_id=unit.id) for part in (reach.count, reach.room)
    )


def readable_units(request: Request, rows: list[queries.UnitRow]) -> frozenset[int]:
    """The units of a table whose numbers the actor may read. No queries."""
    if not rows:
        return frozenset()
    spec = rows[0].figure.spec
    reach = evidence_reach(request, spec) if may_open(request, spec) else None
    return frozenset(
        row.place.id for row in rows if not row.figure.protected or (reach is not None and reach.covers(row.place))
    )


def things_to_see(reach: EvidenceReach, things: tuple[Thing, ...]) -> list[Thing]:
    """What of the evidence lies within the actor's reach."""
    return [thing for thing in things if reach.covers(thing.place)]


def sees_name(request: Request, record: Record) -> bool:
    """Whether the actor sees the person of a record by name."""
    place = record.thing.place
    return place is not None and may_see_name(request.actor, employer_id=place.employer_id, unit_id=place.id)
