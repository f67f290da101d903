"""Campaigns, invitations, responses and analyses for tests, made as plain rows."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from kazipot.core.survey.questionnaire import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    WANTS_TRAINING,
    Choice,
    Item,
    Kind,
    Page,
    Text,
    to_data,
)
from kazipot.core.survey.questionnaire import Questionnaire as Definition
from kazipot.core.survey.stated_need import RULE_VERSION, Answered, stated_need
from kazipot.foundation.tokens import digest
from kazipot.framework.models import Area, Competence, Framework
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.models import (
    Analysis,
    Answer,
    Campaign,
    Invitation,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    StatedNeed,
)
from kazipot.organisation.models import Person, Unit
from tests.factories import organisation

_numbers = count(1)


def moment(on: date, hour: int = 10) -> datetime:
    """A moment of a day, in the morning of the city."""
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)


def make_framework(areas: int = 2, competences: int = 2, **kwargs: Any) -> Framework:
    """A small active framework: `areas` areas of `competences` competences each."""
    number = next(_numbers)
    defaults = {
        "code": f"small-{number}",
        "version": "1",
        "status": "active",
        "active_from": date(2020, 1, 1),
        "name_sl": f"Okvir {number}",
        "name_en": f"Framework {number}",
    }
    framework = Framework.objects.create(**{**defaults, **kwargs})
    for major in range(1, areas + 1):
        area = Area.objects.create(
            framework=framework, code=str(major), position=major, name_sl=f"Področje {major}", name_en=f"Area {major}"
        )
        for minor in range(1, competences + 1):
            code = f"{major}.{minor}"
            Competence.objects.create(
                framework=framework,
                area=area,
                code=code,
                position=major * 10 + minor,
                name_sl=f"Kompetenca {code}",
                name_en=f"Competence {code}",
            )
    return framework


def competences_of(framework: Framework) -> list[Competence]:
    """The framework's competences in order."""
    return list(Competence.objects.filter(framework=framework).order_by("position"))


def small_questionnaire() -> Definition:
    """A questionnaire of the three needs items alone, whatever the framework."""

    def text(sl: str, en: str) -> Text:
        return Text(sl, en)

    levels = tuple(Choice(str(number), text(f"raven {number}", f"level {number}")) for number in range(5))
    items = (
        Item(
            OWN_LEVEL, Kind.ONE, text("Kaj zmorete danes?", "What can you do today?"), required=True, choices="levels"
        ),
        Item(NEEDED_LEVEL, Kind.ONE, text("Kaj potrebujete?", "What do you need?"), required=True, choices="levels"),
        Item(WANTS_TRAINING, Kind.TICK, text("Želim izobraževanje", "I want training in this")),
    )
    title = text("Majhen vprašalnik", "A small questionnaire")
    return Definition("small", title, (Page("competences", title, items, per_competence=True),), {"levels": levels})


def make_version(definition: Definition | None = None, approved: bool = True) -> QuestionnaireVersion:
    """An approved version of a questionnaire (the small one), made when it isn't there yet."""
    definition = definition or small_questionnaire()
    content = to_data(definition)
    questionnaire, _ = Questionnaire.objects.get_or_create(key=definition.key)
    rows = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    found = next((row for row in rows if row.content == content), None)
    return found or QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=rows.count() + 1,
        content=content,
        made_at=moment(date(2020, 1, 1)),
        approved_at=moment(date(2020, 1, 1)) if approved else None,
    )


def make_campaign(
    year: int = 2026,
    framework: Framework | None = None,
    status: str = CampaignStatus.OPEN,
    opens_on: date | None = None,
    closes_on: date | None = None,
    **kwargs: Any,
) -> Campaign:
    """An open campaign of March of its year, of all employers."""
    framework = framework or make_framework()
    return Campaign.objects.create(
        year=year,
        framework=framework,
        asked=kwargs.pop("asked", {"": [row.pk for row in competences_of(framework)]}),
        questionnaire=kwargs.pop("questionnaire", None) or make_version(),
        status=status,
        opens_on=opens_on or date(year, 3, 1),
        closes_on=closes_on or date(year, 3, 31),
        **{"title_sl": f"Potrebe {year}", "title_en": f"Needs {year}", **kwargs},
    )


def make_invitation(
    campaign: Campaign | None = None,
    person: Person | None = None,
    unit: Unit | None = None,
    token: str | None = None,
    invited_at: datetime | None = None,
    **kwargs: Any,
) -> Invitation:
    """An invitation of a person who works in the unit (a new person gets a job there)."""
    campaign = campaign or make_campaign()
    unit = unit or organisation.make_unit()
    if person is None:
        person = organisation.make_person()
        organisation.make_employment(person=person, unit=unit)
    return Invitation.objects.create(
        campaign=campaign,
        person=person,
        employer=unit.employer,
        unit=unit,
        token_digest=digest(token or f"token-{next(_numbers)}"),
        invited_at=invited_at or moment(campaign.opens_on, 8),
        **kwargs,
    )


def make_response(
    invitation: Invitation | None = None,
    answers: Mapping[int, Answered] | None = None,
    submitted_at: datetime | None = None,
    default: Answered = Answered(1, 2, False),  # noqa: B008 (frozen)
) -> Response:
    """A response to an invitation: `answers` by competence id, and `default` for every other competence."""
    invitation = invitation or make_invitation()
    submitted_at = submitted_at or moment(invitation.campaign.opens_on, 12)
    response = Response.objects.create(
        invitation=invitation,
        submitted_at=submitted_at,
        submitted_on=submitted_at.date(),
        rule_version=RULE_VERSION,
    )
    said = {row.pk: default for row in competences_of(invitation.campaign.framework)} | dict(answers or {})
    for competence_id, answer in said.items():
        Answer.objects.create(
            response=response,
            competence_id=competence_id,
            own_level=answer.own_level,
            needed_level=answer.needed_level,
            wants_training=answer.wants_training,
        )
        need = stated_need(answer)
        if need is not None:
            StatedNeed.objects.create(
                response=response,
                competence_id=competence_id,
                from_level=need[0],
                to_level=need[1],
                rule_version=RULE_VERSION,
            )
    return response


def make_analysis(year: int = 2026, version: int = 1, published_on: date | None = None, **content: Any) -> Analysis:
    """A published version with hardly anything in it."""
    on = published_on or date(year, 6, 1)
    return Analysis.objects.create(
        year=year,
        version=version,
        published_at=moment(on),
        published_on=on,
        content={"year": year, "version": version, "groups": [], "competences": [], **content},
    )
