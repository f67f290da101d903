"""Who gets which page of M2: every role, own employer and another."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.framework.queries import competences
from kazipot.needs import operations, queries
from kazipot.needs.models import AnswerMapping
from tests.access_table import AT, Case, Page, World, cases, everybody, only
from tests.factories import needs, organisation

SEES = {Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: (200, 404), Role.HEAD: (200, 404), Role.ADVISOR: (200, 404)}
LAST = date(2099, 12, 31)  # the walk over all pages opens these on whatever day it runs


def of_campaign(world: World) -> dict[str, Any]:
    """An open campaign that asked the world's person, who has no e-mail address."""
    campaign = needs.make_campaign(opens_on=date(2026, 5, 1), closes_on=LAST)
    needs.make_invitation(campaign, world.person, world.unit, token="secret")
    return {"campaign_id": campaign.pk}


def of_draft(_world: World) -> dict[str, Any]:
    """A draft of a campaign."""
    return {"campaign_id": needs.make_campaign(status="draft", opens_on=date(2026, 5, 1), closes_on=LAST).pk}


def of_mapping(_world: World) -> dict[str, Any]:
    """A saved mapping."""
    questionnaire = needs.make_version().questionnaire
    made = AnswerMapping.objects.create(name="1KA", questionnaire=questionnaire, kind="1ka", content={}, made_at=AT)
    return {"mapping_id": made.pk}


def of_answer_file(world: World) -> dict[str, Any]:
    """A file of answers that somebody else uploaded: nobody but they see it."""
    kept = operations.keep_answer_file(
        **of_campaign(world), filename="a.csv", content=b"token\nsecret\n", at=AT, actor=organisation.make_user()
    )
    return {"campaign_id": kept.campaign_id, "upload_id": kept.pk}


def of_letters(world: World) -> dict[str, Any]:
    """Letters of an employer in that campaign."""
    return {**of_campaign(world), "employer_code": world.employer.code}


def of_slip(world: World) -> dict[str, Any]:
    """The slip of the world's person."""
    campaign = needs.make_campaign(opens_on=date(2026, 5, 1), closes_on=LAST)
    invitation = needs.make_invitation(campaign, world.person, world.unit)
    return {"campaign_id": campaign.pk, "employer_code": world.employer.code, "invitation_id": invitation.pk}


def of_link(world: World) -> dict[str, Any]:
    """A personal link."""
    of_campaign(world)
    return {"token": "secret"}


def of_answered_link(world: World) -> dict[str, Any]:
    """A personal link that was used."""
    campaign = needs.make_campaign(opens_on=date(2026, 5, 1), closes_on=LAST)
    needs.make_response(needs.make_invitation(campaign, world.person, world.unit, token="secret"))
    return {"token": "secret"}


def of_anothers_invitation(world: World) -> dict[str, Any]:
    """An invitation of somebody else than the one who asks, be they colleagues."""
    campaign = needs.make_campaign(opens_on=date(2026, 5, 1), closes_on=LAST)
    return {"invitation_id": needs.make_invitation(campaign, world.person, world.unit).pk}


def of_analysis(world: World) -> dict[str, Any]:
    """A published analysis of six people's answers."""
    campaign = needs.make_campaign(opens_on=date(2026, 5, 1), closes_on=LAST)
    for _ in range(6):
        needs.make_response(needs.make_invitation(campaign, unit=world.unit))
    operations.publish_analysis(year=2026, at=AT, actor=None)
    return {"year": 2026}


def of_year(world: World) -> dict[str, Any]:
    """A year with an answer."""
    campaign = needs.make_campaign(opens_on=date(2026, 5, 1), closes_on=LAST)
    needs.make_response(needs.make_invitation(campaign, world.person, world.unit))
    return {"year": 2026}


def of_competence(_world: World) -> dict[str, Any]:
    """A competence."""
    return {"competence_id": needs.competences_of(needs.make_framework())[0].pk}


def of_interview(world: World) -> dict[str, Any]:
    """An interview in the world's unit."""
    needs.make_framework(code="DigComp", version="2.2")
    interview = operations.record_interview(
        unit_id=world.unit.pk, held_on=AT.date(), people=2, consent="paraphrase",
        text="Gesla si pišem na listek. Rada bi znala več.", at=AT, actor=None,
    )  # fmt: skip
    return {"interview_id": interview.pk}


def of_version(world: World) -> dict[str, Any]:
    """An approved version of a questionnaire."""
    needs.make_framework(code="DigComp", version="2.2")
    return {"version_id": needs.make_version().pk}


RUNS = only({Role.SERVICE: 200})
PRINTS = only({Role.SERVICE: (200, 404), Role.HR: (200, 404)})


def of_agreed_interview(world: World) -> dict[str, Any]:
    """An interview in the world's unit in which a passage was agreed on."""
    found = of_interview(world)
    passage = queries.passages_of(found["interview_id"])[0]
    competence = competences(queries.interview_by_id(found["interview_id"]).framework_id)[0]  # type: ignore[union-attr]
    operations.agree_on_passages(
        interview_id=found["interview_id"],
        heard={passage.pk: operations.Heard(frozenset({competence.id}), "gap")},
        at=AT,
        actor=organisation.make_user(),
    )
    operations.put_into_report(
        passage_id=passage.pk, paraphrase="Gesla hranijo na papirju.", quotable=False, at=AT, actor=None
    )
    return found


def of_agreed_passage(world: World) -> dict[str, Any]:
    """A passage that was agreed on."""
    found = of_agreed_interview(world)
    return {**found, "passage_id": queries.agreed_passages(found["interview_id"])[0].pk}


def of_report(world: World) -> dict[str, Any]:
    """A year in which something may go into the report."""
    of_agreed_interview(world)
    return {"year": AT.year}


def of_plan(world: World) -> dict[str, Any]:
    """A planned interview in the world's unit."""
    plan = operations.plan_interview(
        unit_id=world.unit.pk, starts_at=AT + timedelta(days=7), minutes=60, place="Sejna soba 2", form="group",
        people=4, language="sl", contact="Maja Zorman, 01 234 56 78", at=AT, actor=None,
    )  # fmt: skip
    return {"plan_id": plan.pk}


def of_guide_draft(world: World) -> dict[str, Any]:
    """A draft of a guide."""
    questions = queries.shipped_questions()[:3]
    return {"guide_id": operations.draft_guide(year=2026, questions=questions, at=AT, actor=None).pk}


def of_guide_year(world: World) -> dict[str, Any]:
    """A year with a draft of a guide."""
    of_guide_draft(world)
    return {"year": 2026}


INTERVIEWER = only({Role.SERVICE: 200})
PAGES = [
    Page("needs:interviews", INTERVIEWER),
    Page("needs:new-interview", INTERVIEWER),
    Page("needs:new-interview", only({Role.SERVICE: 422}), method="POST"),
    *(
        Page(f"needs:{name}", INTERVIEWER, of_interview)
        for name in ("interview", "code", "agree", "withdraw-interview", "passages")
    ),
    Page("needs:passages", only({Role.SERVICE: 302}), of_interview, method="POST"),
    Page("needs:plan-interview", INTERVIEWER),
    Page("needs:plan-interview", only({Role.SERVICE: 422}), method="POST"),
    *(
        Page(f"needs:{name}", INTERVIEWER, of_plan)
        for name in (
            "planned-interview",
            "invite-to-interview",
            "print-invitation",
            "cancel-interview",
            "reschedule-interview",
            "record-planned",
        )
    ),
    *(
        Page(f"needs:{name}", only({Role.SERVICE: 422}), of_plan, method="POST")
        for name in ("invite-to-interview", "cancel-interview", "reschedule-interview", "record-planned")
    ),
    *(Page(f"needs:{name}", INTERVIEWER, of_guide_year) for name in ("guide", "edit-guide", "print-guide")),
    Page("needs:edit-guide", only({Role.SERVICE: 422}), of_guide_year, method="POST"),
    Page("needs:approve-guide", only({Role.SERVICE: 302}), of_guide_draft, method="POST"),
    *(Page(f"needs:{name}", INTERVIEWER) for name in ("consent", "change-consent", "print-consent")),
    Page("needs:change-consent", only({Role.SERVICE: 422}), method="POST"),
    Page("needs:quotes", INTERVIEWER, of_report),
    Page("needs:interview-quotes", INTERVIEWER, of_agreed_interview),
    Page("needs:quote", INTERVIEWER, of_agreed_passage),
    Page("needs:quote", only({Role.SERVICE: 422}), of_agreed_passage, method="POST", data={"paraphrase": "Drugače."}),
    Page("needs:withdraw-interview", only({Role.SERVICE: 422}), of_interview, method="POST"),
    Page("needs:questionnaires", RUNS),
    Page("needs:new-questionnaire", RUNS),
    Page("needs:new-questionnaire", only({Role.SERVICE: 422}), method="POST"),
    *(
        Page(f"needs:{name}", RUNS, of_version)
        for name in ("questionnaire", "try-questionnaire", "paper-questionnaire", "questionnaire-file")
    ),
    Page("needs:approve-questionnaire", only({Role.SERVICE: 302}), of_version, method="POST"),
    Page("needs:campaigns", only(dict.fromkeys(SEES, 200))),
    Page("needs:campaign", only(SEES), kwargs=of_campaign),
    Page("needs:new-campaign", only({Role.SERVICE: 200})),
    Page("needs:edit-campaign", only({Role.SERVICE: 200}), kwargs=of_draft),
    Page("needs:edit-campaign", only({Role.SERVICE: 422}), kwargs=of_draft, method="POST"),
    Page("needs:mappings", RUNS),
    Page("needs:rename-mapping", RUNS, kwargs=of_mapping),
    Page("needs:rename-mapping", only({Role.SERVICE: 422}), kwargs=of_mapping, method="POST"),
    Page("needs:delete-mapping", only({Role.SERVICE: 302}), kwargs=of_mapping, method="POST"),
    Page("needs:open", only({Role.SERVICE: 302}), kwargs=of_campaign, method="POST"),
    Page("needs:discard", only({Role.SERVICE: 302}), kwargs=of_campaign, method="POST"),
    Page("needs:remind", only({Role.SERVICE: 302}), kwargs=of_campaign, method="POST"),
    Page("needs:close", only({Role.SERVICE: 302}), kwargs=of_campaign, method="POST"),
    Page("needs:links", PRINTS, kwargs=of_letters),
    Page("needs:links", PRINTS, kwargs=of_letters, method="POST"),
    Page("needs:all-links", PRINTS, kwargs=of_campaign),
    Page("needs:all-links", PRINTS, kwargs=of_campaign, method="POST"),
    Page("needs:find-slip", PRINTS, kwargs=of_letters),
    Page("needs:renew-slip", PRINTS, kwargs=of_slip, method="POST"),
    Page("needs:answer-file", only({Role.SERVICE: 200}), kwargs=of_campaign),
    Page("needs:answer-file", only({Role.SERVICE: 422}), kwargs=of_campaign, method="POST"),
    *(
        Page(f"needs:answer-{name}", only({Role.SERVICE: 404}), kwargs=of_answer_file, method=method)
        for name in ("columns", "values", "preview")
        for method in ("GET", "POST")
    ),
    Page("needs:answer", everybody(200, public=200), kwargs=of_link),
    Page("needs:receipt", everybody(200, public=200), kwargs=of_answered_link),
    Page("needs:enter", everybody(200, public=200)),
    Page("needs:enter", everybody(422, public=422), method="POST"),
    Page("needs:here", everybody(302)),
    Page("needs:here-receipt", everybody(302)),
    Page("needs:leave", everybody(302), method="POST"),
    Page("needs:analyses", everybody(200)),
    Page("needs:analysis", everybody(200), kwargs=of_analysis),
    Page("needs:export", everybody(200), kwargs=of_analysis),
    Page("needs:analysis-chart", everybody(200), kwargs=of_analysis),
    Page("needs:analysis-document", everybody(200), kwargs=of_analysis),
    Page("needs:demand", everybody(200), kwargs=of_analysis),
    Page("needs:coverage", only({Role.SERVICE: 200}), kwargs=of_year),
    Page("needs:importance", only({Role.SERVICE: 200})),
    Page("needs:set-importance", only({Role.SERVICE: 200}), kwargs=of_competence),
    Page("needs:set-importance", only({Role.SERVICE: 422}), kwargs=of_competence, method="POST"),
    Page("needs:texts", only({Role.SERVICE: 200}), kwargs=of_year),
    Page("needs:publish", only({Role.SERVICE: 200}), kwargs=of_year),
    Page("needs:publish", only({Role.SERVICE: 302}), kwargs=of_year, method="POST"),
    Page("needs:own", only({Role.EMPLOYEE: 200})),
    Page("needs:own-answer", only({Role.EMPLOYEE: 404}), kwargs=of_anothers_invitation),
    Page("needs:own-receipt", only({Role.EMPLOYEE: 404}), kwargs=of_anothers_invitation),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
