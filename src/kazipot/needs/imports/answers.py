"""A tool's answers, read by a mapping: what of each row can be taken, and why the others can't."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.core.survey.collected import (
    MOMENT,
    NO_ANSWER,
    Mapping,
    Target,
    is_missing,
    moment_of,
    parts_of,
    ticked,
    translated,
)
from kazipot.core.survey.questionnaire import (
    Asked,
    Fault,
    Kind,
    NotReadable,
    Place,
    Value,
    counted,
    fault_of,
    name_of,
    places,
    read,
    steps,
)
from kazipot.foundation.errors import Problem
from kazipot.needs import queries
from kazipot.needs.imports.sheets import Sheet
from kazipot.needs.operations import Collected, Submission, submission_of
from kazipot.needs.queries import Asking, Holders, NotTold

type Row = tuple[int, tuple[str, ...]]


def examined(sheet: Sheet, mapping: Mapping, asking: Asking, *, uploaded_at: datetime, language: str) -> Collected:
    """What a file would bring to a campaign, row by row. A bounded number of queries, whatever its size."""
    return _Examiner(sheet, mapping, asking, uploaded_at, language).collected()


@dataclass(frozen=True, slots=True)
class _Source:
    """A mapped column: where it stands, and what it holds."""

    place: int
    column: str
    target: Target


class _Examiner:
    """Reads one file; keeps who was met in it already."""

    def __init__(self, sheet: Sheet, mapping: Mapping, asking: Asking, uploaded_at: datetime, language: str) -> None:
        self.sheet, self.mapping, self.asking, self.language = sheet, mapping, asking, language
        self.uploaded_at = uploaded_at
        self.problems: list[Problem] = []
        self.met: dict[int, int] = {}
        by_name = {target.name: target for target in asking.targets}
        self.sources = [
            _Source(place, column.name, by_name[name])
            for place, column in enumerate(sheet.columns)
            if (name := mapping.columns.get(column.name)) in by_name
        ]
        self.columns = {source.target.place: source.column for source in reversed(self.sources)}
        self.holders: Holders = queries.holders_of(asking.campaign, mapping, sheet.cells_of)
        self.moments = sheet.place_of(mapping.column_of(MOMENT) or "")

    def collected(self) -> Collected:
        found = [taken for row in self.sheet.rows if (taken := self._row(row)) is not None]
        return Collected(tuple(found), tuple(self.problems), len(self.sheet.rows))

    def _fault(self, number: int, field: str, value: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(number, field, value[:80], message, remedy))

    def _row(self, row: Row) -> Submission | None:
        before = len(self.problems)
        invited = self._invited(row)
        at = self._moment(row)
        if invited is None:
            return None
        asked = self.asking.asked_of(invited.profile_id)
        answers = self._answers(row, asked)
        if len(self.problems) == before:
            self._incomplete(row[0], asked, answers)
        if len(self.problems) > before or at is None:
            return None
        told = counted(self.asking.definition, asked, answers)
        return submission_of(invited.invitation_id, queries.Way(self.asking.definition, asked), told, at)

    def _invited(self, row: Row) -> queries.Invited | None:
        number, cells = row
        try:
            found = self.holders.invited(cells, self.sheet.place_of)
        except NotTold as error:
            self._fault(number, error.column, error.value, str(error.message), str(error.remedy))
            return None
        if found.invitation_id in self.met:
            message = _("This person stands in row %(row)d already.") % {"row": self.met[found.invitation_id]}
            self._fault(number, *self._shown(cells), message, _("Keep one of the two rows."))
            return None
        self.met[found.invitation_id] = number
        if found.has_answered:
            message = _("This person has answered already.")
            self._fault(number, *self._shown(cells), message, _("Leave the row out: the answers here stay."))
            return None
        return found

    def _shown(self, cells: Sequence[str]) -> tuple[str, str]:
        """The column that tells the person, and what it says."""
        column = self.holders.column
        place = self.sheet.place_of(column)
        return column, "" if place is None else cells[place]

    def _moment(self, row: Row) -> datetime | None:
        """When the answer was given; on the last day, or at the upload before it, when the file doesn't say."""
        number, cells = row
        campaign = self.asking.campaign
        if self.moments is None:
            return self._last()
        column, text = self.sheet.columns[self.moments].name, cells[self.moments]
        if is_missing(self.mapping.kind, text):
            remedy = _("Leave the row out if the person did not finish; otherwise write the moment.")
            self._fault(number, column, text, _("The moment of the answer is missing."), remedy)
            return None
        try:
            found = moment_of(text, month_first=self.mapping.month_first)
        except NotReadable:
            remedy = _("Write it like 2026-03-05 10:30 or 5. 3. 2026 10:30.")
            self._fault(number, column, text, _("This is no moment that can be read."), remedy)
            return None
        if found is None:
            return self._last()
        at = found if timezone.is_aware(found) else timezone.make_aware(found)
        if at > self.uploaded_at or not campaign.opens_on <= timezone.localtime(at).date() <= campaign.closes_on:
            message = _("The answer was given outside the days of this survey, or in the future.")
            self._fault(number, column, text, message, _("Leave the row out, or correct the moment."))
            return None
        return at

    def _last(self) -> datetime:
        last = self.asking.campaign.closes_on
        return min(timezone.make_aware(datetime(last.year, last.month, last.day, 12)), self.uploaded_at)  # noqa: DTZ001

    def _answers(self, row: Row, asked: Sequence[Asked]) -> dict[str, Value]:
        """The answers by name; of competences that the person is not asked about nothing is read."""
        number, cells = row
        ids = {competence.id for competence in asked}
        found: dict[str, Value] = {}
        chosen: dict[str, list[str]] = {}
        for source in self.sources:
            target, text = source.target, cells[source.place]
            competence = target.competence
            if (competence and competence.id not in ids) or is_missing(self.mapping.kind, text):
                continue
            name = name_of(target.item.key, competence.id if competence else None)
            try:
                if not target.choice:
                    found[name] = self._value(target, text)
                elif ticked(text, self._labels(target)):
                    chosen.setdefault(name, []).append(target.choice)
            except NotReadable as error:
                self._fault(number, source.column, text, *_why(error.fault))
        for name, values in chosen.items():
            before = found.get(name)
            found[name] = tuple(dict.fromkeys([*(before if isinstance(before, tuple) else ()), *values]))
        return found

    def _value(self, target: Target, text: str) -> Value:
        item, offered = target.item, self.asking.offered(target)
        told = self.mapping.values.get(item.choices, {})
        values = [choice.value for choice in offered]
        match item.kind:
            case Kind.TICK:
                return ticked(text, (item.label.sl, item.label.en)) or None
            case Kind.ONE | Kind.MANY:
                parts = parts_of(text) if item.kind is Kind.MANY else [text]
                meant = [translated(part, offered, told) for part in parts]
                return read(item, [value for value in meant if value != NO_ANSWER], values)
            case Kind.DATE:
                return read(item, [self._day(text)], values)
            case _:
                return read(item, [text], values)

    def _day(self, text: str) -> str:
        """A day as the questionnaire reads it; in workbooks it comes with a time of day. Raises NotReadable."""
        try:
            found = moment_of(text, month_first=self.mapping.month_first)
        except NotReadable as error:
            raise NotReadable("day") from error
        return found.date().isoformat() if found else text

    def _labels(self, target: Target) -> list[str]:
        """Under what a ticked choice may stand in its column."""
        label = next(choice.label for choice in self.asking.offered(target) if choice.value == target.choice)
        return [target.choice, *(text for text in (label.sl, label.en) if text)]

    def _incomplete(self, number: int, asked: Sequence[Asked], answers: dict[str, Value]) -> None:
        for step in steps(self.asking.definition, asked, answers):
            for place in places(step):
                fault = fault_of(place, answers)
                if fault is not None:
                    message, remedy = _why(fault)
                    told = (
                        place.item.constraint_message.in_language(self.language) if fault.code == "constraint" else ""
                    )
                    self._fault(number, self._named(place), "", told or message, remedy)

    def _named(self, place: Place) -> str:
        """The column of a question, or the question when it has none."""
        code = f".{place.competence.code}" if place.competence else ""
        about = f"{place.competence.code} " if place.competence else ""
        label = about + place.item.label.in_language(self.language)
        return self.columns.get(place.item.key + code, label)


def _why(fault: Fault) -> tuple[str, str]:
    """What is wrong with an answer, and what to do."""
    correct = _("Correct it in the file.")
    match fault.code:
        case "required":
            return _("A required answer is missing."), _("Leave the row out, or choose the column that holds it.")
        case "choice":
            return _("This is not one of the answers offered."), _("Say what it means on the page of values.")
        case "tick":
            return _("This says neither yes nor no."), _("Write yes or no.")
        case "whole_number":
            return _("This is no whole number."), correct
        case "number":
            return _("This is no number."), correct
        case "too_large":
            return _("This number is too large."), correct
        case "day":
            return _("There is no such day."), correct
        case "too_long":
            longest = int(str(fault.detail["longest"]))
            text = ngettext("The text has more than %(n)d sign.", "The text has more than %(n)d signs.", longest)
            return text % {"n": longest}, _("Shorten it.")
        case _:
            return _("This answer is not possible here."), correct
