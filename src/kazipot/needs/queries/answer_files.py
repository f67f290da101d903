"""Answers collected elsewhere: saved mappings, waiting files, and who a row of such a file speaks of."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kazipot.core.survey.collected import (
    CODE,
    EMAIL,
    EMPLOYER,
    NUMBER,
    PERSON,
    Mapping,
    Named,
    Target,
    targets_of,
)
from kazipot.core.survey.collected.mapping import code_for
from kazipot.core.survey.questionnaire import Asked, Choice, Questionnaire
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, plain_code
from kazipot.framework.models import Competence
from kazipot.needs.models import AnswerMapping, AnswerUpload, Campaign, Invitation, ReminderLink
from kazipot.needs.queries.questionnaire import asked_ids
from kazipot.needs.queries.questionnaires import definition_of
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person

WITHOUT_ZEROS = "without zeros"
type PlaceOf = Callable[[str], int | None]


def saved_mappings(campaign: Campaign) -> list[AnswerMapping]:
    """Mappings for the campaign's questionnaire, whatever its version, by name. One query."""
    return list(AnswerMapping.objects.filter(questionnaire=campaign.questionnaire.questionnaire_id))


def mappings() -> QuerySet[AnswerMapping]:
    """Every saved mapping, by name, with its questionnaire and who made it."""
    return AnswerMapping.objects.select_related("questionnaire", "made_by").order_by("name")


def mapping_by_id(mapping_id: int) -> AnswerMapping | None:
    """A saved mapping, or None. One query."""
    return mappings().filter(pk=mapping_id).first()


def answer_upload_of(user: User, campaign_id: int, upload_id: int) -> AnswerUpload | None:
    """A file of answers that this account uploaded to the campaign, or None. One query."""
    return AnswerUpload.objects.filter(user=user, campaign=campaign_id, pk=upload_id).first()


def employer_codes() -> list[tuple[str, str]]:
    """Employers as choices: (code, code and name). One query."""
    return [(row.code, f"{row.code} {row.name}") for row in organisation.employers()]


@dataclass(frozen=True)
class Asking:
    """What a campaign asks of whom: the questionnaire, the competences, and what a file's columns may hold."""

    campaign: Campaign
    definition: Questionnaire
    competences: tuple[Asked, ...]
    targets: tuple[Target, ...]
    by_profile: dict[int | None, tuple[Asked, ...]] = field(default_factory=dict)

    def asked_of(self, profile_id: int | None) -> tuple[Asked, ...]:
        """The competences that people of a job profile are asked about."""
        if profile_id not in self.by_profile:
            ids = asked_ids(self.campaign, profile_id)
            self.by_profile[profile_id] = tuple(one for one in self.competences if ids is None or one.id in ids)
        return self.by_profile[profile_id]

    def offered(self, target: Target) -> tuple[Choice, ...]:
        """The choices of a target's item."""
        return self.definition.choices_for(target.item, code_for(self.definition, target.competence))


def asking_of(campaign: Campaign) -> Asking:
    """What a campaign asks. One query."""
    definition = definition_of(campaign.questionnaire)
    rows = list(
        Competence.objects.filter(framework_id=campaign.framework_id)
        .select_related("area")
        .order_by("area__position", "position")
    )
    wanted = {pk for ids in campaign.asked.values() for pk in ids}
    rows = [row for row in rows if not wanted or row.pk in wanted]
    competences = tuple(Asked(row.pk, row.code, row.name, row.area.name) for row in rows)
    named = [Named(row.pk, row.code, tuple(name for name in (row.name_sl, row.name_en) if name)) for row in rows]
    return Asking(campaign, definition, competences, tuple(targets_of(definition, named)))


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody whom the campaign asked."""

    invitation_id: int
    profile_id: int | None
    has_answered: bool


class NotTold(Exception):
    """A row doesn't say which invited person it speaks of: in which column, and what to do."""

    def __init__(self, column: str, value: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.column, self.value, self.message, self.remedy = column, value, message, remedy


@dataclass(frozen=True, slots=True)
class Holders:
    """Who the rows of a file speak of: `people` by what the file writes, `invited` by person or by invitation."""

    by: str
    column: str
    employer_column: str
    employer: str
    people: dict[Any, set[int]]
    by_key: dict[int, Invited]

    def invited(self, cells: Sequence[str], place_of: PlaceOf) -> Invited:
        """The person of a row. Raises NotTold."""
        text = _cell(cells, place_of(self.column))
        if not text:
            raise NotTold(self.column, "", _("The person is missing."), _("Write who answered, or leave the row out."))
        found = self._found(text, cells, place_of)
        if not found:
            message = _("Nobody is known by this.")
            raise NotTold(self.column, text, message, _("Correct it, or leave the row out."))
        asked = {key for key in found if key in self.by_key}
        if not asked:
            message = _("This person was not asked in this survey.")
            raise NotTold(self.column, text, message, _("Leave the row out."))
        if len(asked) > 1:
            message = _("Several people are known by this.")
            raise NotTold(self.column, text, message, _("Tell them apart by personnel number."))
        return self.by_key[asked.pop()]

    def _found(self, text: str, cells: Sequence[str], place_of: PlaceOf) -> set[int]:
        if self.by == EMAIL:
            return self.people.get(text.casefold(), set())
        if self.by == CODE:
            return self.people.get(digest(text), set()) | self.people.get(digest(plain_code(text)), set())
        employer = _cell(cells, place_of(self.employer_column)) if self.employer_column else self.employer
        if (employer.casefold(),) not in self.people:
            message = _("There is no employer with this code or name.")
            raise NotTold(
                self.employer_column or self.column, employer, message, _("Correct it, or leave the row out.")
            )
        exact = self.people.get((employer.casefold(), text))
        return exact or self.people.get((employer.casefold(), WITHOUT_ZEROS, text.lstrip("0")), set())


def _cell(cells: Sequence[str], place: int | None) -> str:
    return "" if place is None else cells[place]


def holders_of(campaign: Campaign, mapping: Mapping, cells_of: Callable[[str], list[str]]) -> Holders:
    """Who the rows of a file may speak of. Three queries, whatever its size."""
    by = next((name for name in PERSON if mapping.column_of(name)), NUMBER)
    column = mapping.column_of(by) or ""
    employer_column = mapping.column_of(EMPLOYER) or ""
    asked = Invitation.objects.filter(campaign=campaign)
    rows = asked.values_list("pk", "person_id", "profile_id", "took_part", "response__pk")
    by_key = {
        (pk if by == CODE else person_id): Invited(pk, profile_id, took_part or response is not None)
        for pk, person_id, profile_id, took_part, response in rows
    }
    if by == CODE:
        people = _codes(campaign)
    elif by == EMAIL:
        people = _addresses()
    else:
        people = _numbers(campaign, cells_of(employer_column) if employer_column else [mapping.employer])
    return Holders(by, column, employer_column, mapping.employer, people, by_key)


def _codes(campaign: Campaign) -> dict[Any, set[int]]:
    """Invitations by the digest of their link or code."""
    first = Invitation.objects.filter(campaign=campaign).values_list("token_digest", "pk")
    further = ReminderLink.objects.filter(invitation__campaign=campaign).values_list("token_digest", "invitation_id")
    return {found: {pk} for found, pk in [*first, *further]}


def _addresses() -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = defaultdict(set)
    for pk, email in Person.objects.exclude(email="").values_list("pk", "email"):
        found[email.casefold()].add(pk)
    return dict(found)


def _numbers(campaign: Campaign, written: Sequence[str]) -> dict[Any, set[int]]:
    """People by (employer's code or name, number), and a mark by (code or name,) for each employer that is there.

    A number that two people had one after the other means the one who had it in the days of the survey. Spreadsheets
    drop zeros in front: without them a number is looked for when there is none with them.
    """
    wanted = {text.casefold() for text in written}
    names = {
        row.pk: {row.code.casefold(), row.name_sl.casefold(), row.name_en.casefold()} & wanted
        for row in organisation.employers()
    }
    names = {pk: told for pk, told in names.items() if told}
    found: dict[Any, set[int]] = {(name,): set() for told in names.values() for name in told}
    for (employer_id, number), jobs in organisation.jobs_by_number(names).items():
        during = {
            person
            for first, end, person in jobs
            if first <= campaign.closes_on and (end is None or end > campaign.opens_on)
        }
        people = during or {person for _first, _end, person in jobs}
        for name in names[employer_id]:
            found[name, number] = people
            found.setdefault((name, WITHOUT_ZEROS, number.lstrip("0")), set()).update(people)
    return found
