"""What a strategy file says: its words, dates, measures, indicators and what the public may see."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field

from kazipot.core.indicators import due as due_dates
from kazipot.core.indicators.due import Due
from kazipot.core.indicators.status import Status
from kazipot.core.indicators.training import CONDITIONS, SAID

Text = Annotated[str, Field(min_length=1)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9.-]{0,15}$")]


class Written(BaseModel):
    """A part of the file: nothing may be missing, nothing unknown stand in it, and nothing be guessed."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Words(Written):
    """A text in both languages."""

    sl: Text
    en: Text

    @property
    def here(self) -> str:
        """The text in the reader's language."""
        return self.en if get_language() == "en" else self.sl


class AfterAdoption(Written):
    """Due so many months after the adoption, then always."""

    rule: Literal["after_adoption"]
    months: int = Field(ge=1, le=120)

    def due(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return due_dates.after_adoption(adopted_on, self.months, as_of=as_of)


class OnDay(Written):
    """Due on a fixed day, then always."""

    rule: Literal["by"]
    day: date

    def due(self, adopted_on: date, as_of: date) -> Due:  # noqa: ARG002
        """The due date that matters on a day."""
        return due_dates.by(self.day, as_of=as_of)


class Always(Written):
    """Must hold at every moment."""

    rule: Literal["always"]

    def due(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return due_dates.always(adopted_on, as_of=as_of)


class YearEnd(Written):
    """Due on 31 December of every year."""

    rule: Literal["year_end"]

    def due(self, adopted_on: date, as_of: date) -> Due:  # noqa: ARG002
        """The due date that matters on a day."""
        return due_dates.year_end(as_of=as_of)


class EvenYearEnd(Written):
    """Due on 31 December of every even year."""

    rule: Literal["even_year_end"]

    def due(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return due_dates.even_year_end(adopted_on, as_of=as_of)


class Rolling(Written):
    """Must hold in every window; the indicator's parameter `months` says how long a window is."""

    rule: Literal["rolling"]


Lasting = Annotated[AfterAdoption | OnDay | Always, Field(discriminator="rule")]


class IndicatorPart(Written):
    """What every indicator says of itself."""

    id: Identifier
    measure: Identifier
    text: Words
    reading: Words
    target_percent: int = Field(ge=1, le=100)
    responsible: tuple[Text, ...] = Field(min_length=1)
    public: bool

    @property
    def target(self) -> Fraction:
        """The target as a share in (0, 1]."""
        return Fraction(self.target_percent, 100)


class AdvisorsIndicator(IndicatorPart):
    """Units that have a digital advisor."""

    kind: Literal["advisors"]
    due: Lasting

    def due_on(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return self.due.due(adopted_on, as_of)


class NeedsIndicator(IndicatorPart):
    """Whether the year's needs analysis was published."""

    kind: Literal["needs"]
    due: YearEnd

    def due_on(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return self.due.due(adopted_on, as_of)


class TrainingParameters(Written):
    """What makes an offer timely, and what an opportunity must be besides what the strategy's own words say."""

    notice_days: int = Field(ge=0, le=90)
    also: tuple[Literal["working_time", "reachable", "accessible"], ...] = ("working_time", "reachable", "accessible")

    @property
    def conditions(self) -> tuple[str, ...]:
        """Every condition of an opportunity, in the order in which they are told."""
        return tuple(name for name in CONDITIONS if name in {*SAID, *self.also})


class TrainingIndicator(IndicatorPart):
    """People with a stated need who got an opportunity in the even year."""

    kind: Literal["training"]
    due: EvenYearEnd
    parameters: TrainingParameters

    def due_on(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return self.due.due(adopted_on, as_of)


class HiringIndicator(IndicatorPart):
    """Postings that demand digital competences."""

    kind: Literal["hiring"]
    due: Lasting

    def due_on(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        return self.due.due(adopted_on, as_of)


class VerificationParameters(Written):
    """The duty of digital security."""

    months: int = Field(ge=1, le=120)
    grace_months: int = Field(ge=0, le=24)
    counts: Literal["passed", "taken"]


class VerificationIndicator(IndicatorPart):
    """Employees trained and verified in the window."""

    kind: Literal["verification"]
    due: Annotated[Rolling | AfterAdoption | OnDay | Always, Field(discriminator="rule")]
    parameters: VerificationParameters

    def due_on(self, adopted_on: date, as_of: date) -> Due:
        """The due date that matters on a day."""
        if isinstance(self.due, Rolling):
            return due_dates.rolling(adopted_on, self.parameters.months, as_of=as_of)
        return self.due.due(adopted_on, as_of)


IndicatorSpec = Annotated[
    AdvisorsIndicator | NeedsIndicator | TrainingIndicator | HiringIndicator | VerificationIndicator,
    Field(discriminator="kind"),
]


class Measure(Written):
    """What the strategy undertakes to do."""

    id: Identifier
    name: Words
    text: Words


class StatusWords(Written):
    """The city's own words for where a measure stands."""

    not_started: Words
    under_way: Words
    partly: Words
    achieved: Words

    def of(self, status: Status) -> Words:
        """The words for a status."""
        words: Words = getattr(self, status.value)
        return words


class Publication(Written):
    """What everybody may see."""

    smallest_group: int = Field(ge=3, le=1000)
    by_kind_of_unit: bool


class Strategy(Written):
    """A whole strategy chapter."""

    title: Words
    city: Words
    goal: Words
    adopted_on: date
    runs_until: date
    status_words: StatusWords
    publication: Publication
    measures: tuple[Measure, ...] = Field(min_length=1)
    indicators: tuple[IndicatorSpec, ...] = Field(min_length=1)

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id."""
        return next(measure for measure in self.measures if measure.id == measure_id)
