"""Invented people of a survey as records, for `needs_analysis.py --records`."""

from datetime import UTC, date, datetime
from itertools import islice

import numpy as np

from kazipot.core.survey.questionnaire import to_data
from kazipot.core.survey.stated_need import RULE_VERSION
from kazipot.framework.models import Area, Competence, Framework
from kazipot.needs.models import Answer, Campaign, Invitation, Questionnaire, QuestionnaireVersion, Response
from kazipot.needs.queries import shipped_definition
from kazipot.needs.queries.facts import invitation_facts
from kazipot.needs.queries.other_items import other_items
from kazipot.needs.queries.respondents import survey
from kazipot.needs.queries.tallies import answered_by_unit, confidential_tallies
from kazipot.organisation import queries as organisation
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import Employer, Employment, JobProfile, Person, Post, Unit, UnitVersion

ON = date(2026, 4, 10)
AT = datetime(2026, 3, 10, tzinfo=UTC)
SINCE = date(2020, 1, 1)
BATCH = 5_000


def write(people: int, *, units: int, kinds: int, seed: int) -> date:
    """Write people, their jobs, a campaign and the answers of four out of seven; returns the day of the analysis."""
    rng = np.random.default_rng(seed)
    places = _units(units, kinds)
    share = rng.lognormal(0, 1.0, units)
    unit = rng.choice(units, people, p=share / share.sum())
    competences = _framework()
    campaign = _campaign(competences)
    profile = JobProfile.objects.create(code="P", name_sl="Delo", name_en="Work")
    post = Post.objects.create(employer=places[0].employer, code="P", profile=profile, title="Delo")
    persons = Person.objects.bulk_create(
        (Person(key=f"k{number}", first_name="Ana", last_name=f"N{number}") for number in range(people)), BATCH
    )
    Employment.objects.bulk_create(
        (
            Employment(
                person=person, unit=places[unit[number]], employer=places[unit[number]].employer,
                personnel_number=f"{number:07}", post=post, hired_on=SINCE,
                valid_from=SINCE,
            )
            for number, person in enumerate(persons)
        ),
        BATCH,
    )  # fmt: skip
    invitations = Invitation.objects.bulk_create(
        (
            Invitation(
                campaign=campaign, person=person, employer=places[unit[number]].employer, unit=places[unit[number]],
                token_digest=f"{number:064}", invited_at=AT,
            )
            for number, person in enumerate(persons)
        ),
        BATCH,
    )  # fmt: skip
    answered = np.flatnonzero(rng.random(people) < 4 / 7)
    responses = Response.objects.bulk_create(
        (
            Response(invitation=invitations[number], submitted_at=AT, submitted_on=AT.date(), rule_version=RULE_VERSION)
            for number in answered.tolist()
        ),
        BATCH,
    )
    _answers(responses, competences, rng)
    return ON


def _answers(responses: list[Response], competences: list[Competence], rng: np.random.Generator) -> None:
    shape = len(responses), len(competences)
    ability = rng.normal(0, 1, (shape[0], 1)) + rng.normal(0, 1, shape)
    own = np.clip(np.round(ability + 2), 0, 4).astype(int)
    needed = np.clip(np.round(rng.normal(2.5, 0.8, shape)), 0, 4).astype(int)
    wants = rng.random(shape) < 0.15
    rows = (
        Answer(
            response=response, competence=competence, own_level=int(own[line, column]),
            needed_level=int(needed[line, column]), wants_training=bool(wants[line, column]),
        )
        for line, response in enumerate(responses)
        for column, competence in enumerate(competences)
    )  # fmt: skip
    while part := list(islice(rows, 50_000)):
        Answer.objects.bulk_create(part, BATCH)


def _units(units: int, kinds: int) -> list[Unit]:
    names = list(UnitKind.values)[-kinds:]
    employer = Employer.objects.create(code="MU", kind="city_administration", name_sl="Uprava", name_en="City")
    found = Unit.objects.bulk_create(Unit(code=f"U{number:03}", employer=employer) for number in range(units))
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit, valid_from=SINCE, name_sl=f"Enota {number}", name_en=f"Unit {number}", kind=names[number % kinds]
        )
        for number, unit in enumerate(found)
    )
    return found


def _framework() -> list[Competence]:
    framework = Framework.objects.create(
        code="DigComp-benchmark", version="1", status="active", active_from=SINCE, name_sl="Okvir", name_en="Framework"
    )
    codes = shipped_definition().competences
    areas = {
        code: Area.objects.create(
            framework=framework, code=code, position=number, name_sl=f"Področje {code}", name_en=f"Area {code}"
        )
        for number, code in enumerate(sorted({code[0] for code in codes}))
    }
    return Competence.objects.bulk_create(
        Competence(
            framework=framework, area=areas[code[0]], code=code, position=number, name_sl=f"Kompetenca {code}",
            name_en=f"Competence {code}",
        )
        for number, code in enumerate(codes)
    )  # fmt: skip


def _campaign(competences: list[Competence]) -> Campaign:
    definition = shipped_definition()
    questionnaire, _new = Questionnaire.objects.get_or_create(key=definition.key)
    version, _new = QuestionnaireVersion.objects.get_or_create(
        questionnaire=questionnaire,
        number=1,
        defaults={"content": to_data(definition), "made_at": AT, "approved_at": AT},
    )
    return Campaign.objects.create(
        year=ON.year, title_sl="Potrebe", title_en="Needs", framework=competences[0].framework,
        opens_on=date(2026, 3, 1), closes_on=date(2026, 3, 31), status="closed", questionnaire=version,
        asked={"": [competence.pk for competence in competences]},
    )  # fmt: skip


def read(on: date) -> None:
    """What the analysis reads of the answers, by itself."""
    kinds = {unit.id: unit.kind for unit in organisation.units_on(on)}
    campaign = Campaign.objects.select_related("questionnaire", "framework").get()
    ids = list(Competence.objects.filter(framework=campaign.framework).values_list("pk", flat=True))
    invitation_facts(on.year, on)
    organisation.main_employments(on)
    answered_by_unit(on.year, on)
    confidential_tallies(on.year, on)
    survey(on.year, on, dict(kinds), ids)
    other_items(on.year, on, campaign, dict(kinds), None)
