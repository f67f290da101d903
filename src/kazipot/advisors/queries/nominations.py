"""Nominations, and what the Service looks at before it confirms one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.advisors.choices import OPEN_STATES, AppointmentRole, NominationState
from kazipot.advisors.models import Appointment, Decision, DecisionTemplate, Nomination, OnboardingTick
from kazipot.advisors.queries.assignments import step_codes
from kazipot.advisors.queries.coverage import active_appointments
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach

MOST_UNITS = 3
"""So many units at most are advised by one person."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that the Service looks at: whether it is as it should be, and in what words."""

    good: bool
    text: str


def nominations(reach: Reach) -> QuerySet[Nomination]:
    """Nominations within reach, open ones first, then the latest."""
    rows = Nomination.objects.select_related("unit__employer", "person", "nominated_by")
    if not reach.everywhere:
        rows = rows.filter(Q(unit_id__in=reach.unit_ids) | Q(unit__employer_id__in=reach.employer_ids))
    return rows.order_by("decided_at", "-nominated_at", "-id")


def nomination(nomination_id: int) -> Nomination | None:
    """One nomination with what belongs to it, or None."""
    rows = Nomination.objects.select_related("unit__employer", "person", "nominated_by", "replaces__person")
    return rows.filter(pk=nomination_id).first()


def nominations_to_answer(person_id: int) -> QuerySet[Nomination]:
    """Nominations that wait for the person's own yes."""
    rows = Nomination.objects.filter(person_id=person_id, state=NominationState.PROPOSED)
    return rows.select_related("unit__employer").order_by("nominated_at")


def nominations_to_confirm() -> int:
    """How many nominations wait for the Service."""
    return Nomination.objects.filter(state=NominationState.AGREED).count()


def open_nominations(unit_id: int) -> QuerySet[Nomination]:
    """The unit's open nominations."""
    return Nomination.objects.filter(unit_id=unit_id, state__in=OPEN_STATES).select_related("person")


def checks(found: Nomination) -> list[Check]:
    """Willing, employed, trained, not an advisor of too many."""
    on, person_id = found.first_day, found.person_id
    employed = organisation.employments_on(on).filter(person_id=person_id, employer_id=found.unit.employer_id).exists()
    held = active_appointments(on).filter(person_id=person_id, role=AppointmentRole.ADVISOR)
    number = held.exclude(pk=found.replaces_id or 0).count()
    trained = found.trained or _trained(person_id)
    return [
        Check(
            found.state != NominationState.PROPOSED,
            _("Has agreed.") if found.state != NominationState.PROPOSED else _("Has not agreed yet."),
        ),
        Check(employed, _("Works for the unit's employer on the first day.") if employed
              else _("Does not work for the unit's employer on the first day.")),
        Check(
            bool(trained),
            trained or _("No training is stated: the introduction for new advisors is the first task."),
        ),
        Check(
            number < MOST_UNITS,
            ngettext("Advises %(number)s unit already.", "Advises %(number)s units already.", number)
            % {"number": number} if number else _("Advises no unit yet."),
        ),
    ]  # fmt: skip


def _trained(person_id: int) -> str:
    """What the records tell of somebody's training as an advisor; empty when they tell nothing."""
    if set(OnboardingTick.objects.filter(person_id=person_id).values_list("step", flat=True)) >= step_codes():
        return _("Has gone through the introduction for new advisors.")
    if Appointment.objects.filter(person_id=person_id).exists():
        return _("Has been an advisor before.")
    return ""


def decision_of(appointment_id: int) -> Decision | None:
    """The decision that was issued with an appointment, or None."""
    return Decision.objects.filter(appointment_id=appointment_id).select_related("appointment__unit__employer").first()


def templates() -> QuerySet[DecisionTemplate]:
    """Every wording that the city has given the decision, the latest first."""
    return DecisionTemplate.objects.select_related("author").order_by("-id")
