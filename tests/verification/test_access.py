"""Who may open which page of M5."""

from itertools import count, islice
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.verification.models import Talk
from kazipot.verification.queries import Trial
from kazipot.verification.queries.pools import is_for_practice
from tests.access_table import AT, Case, Page, World, cases, everybody, nothing, only
from tests.factories import items
from tests.factories.training import make_course, make_session
from tests.factories.verification import make_bank, make_code, make_sitting, make_worker


def of_somebodys_sitting(world: World) -> dict[str, Any]:
    """A finished test of somebody else, be they a colleague."""
    make_bank(each=2, pilots=0)
    sitting = make_sitting(world.person, at=AT, purpose="practice")
    sitting.state, sitting.ended_at = "finished", AT
    sitting.save()
    return {"sitting_id": sitting.pk}


def of_link(world: World) -> dict[str, Any]:
    """A link that is valid."""
    return {"token": make_code(world.person, at=AT)}


def of_trial(world: World) -> dict[str, Any]:
    """A trial of what somebody knows before a training."""
    keys = (f"trial-{number}" for number in count(1))
    for key in islice(filter(is_for_practice, keys), 6):
        items.make_version(items.single(key))
    session = make_session(make_course(security=True))
    return {"token": Trial(session.pk, world.person.pk, "before").token()}


def of_no_link(world: World) -> dict[str, Any]:
    """A link that nobody holds."""
    return {"token": "abcd-efgh-2345"}


def of_talk(world: World) -> dict[str, Any]:
    """A talk to be held with somebody of the world's employer."""
    make_bank(each=2, pilots=0)
    sitting = make_sitting(make_worker(), at=AT, purpose="practice")
    sitting.employer = world.employer
    sitting.save()
    return {"talk_id": Talk.objects.create(sitting=sitting, reason="unusual", made_at=AT).pk}


OWN = only({Role.EMPLOYEE: 200})
RECORDERS = (Role.SERVICE, Role.HR)
AUTHORS = {Role.SERVICE: 200, Role.TRAINER: 200}
RUNS = {Role.SERVICE: 200}
FORMS = ("record", "import", "annul")


def of_lesson(_world: World) -> dict[str, str]:
    """A lesson."""
    return {"area": "phishing"}


def of_somebody(_world: World) -> dict[str, Any]:
    """A result of somebody else; one's own is in test_certificates."""
    return {"verification_id": 1}


def of_somebodys_certificate(_world: World) -> dict[str, Any]:
    """A certificate of somebody else."""
    return {"certificate_id": 1}


def of_item(world: World, **changes: object) -> dict[str, int]:
    """A page of an item in use."""
    return {"version_id": items.make_version(items.hotspot(), **changes).pk}


def of_draft(world: World) -> dict[str, int]:
    """A page of a draft."""
    return {"version_id": items.make_version(items.single(), state="draft").pk}


def of_submitted(world: World) -> dict[str, int]:
    """A page of an item that is reviewed."""
    return {"version_id": items.make_version(items.scenario(), state="in_review").pk}


def of_step(world: World) -> dict[str, object]:
    """A step of an item in use."""
    return {**of_item(world), "step": "suspend"}


def of_picture(world: World) -> dict[str, str]:
    """A picture."""
    items.make_picture("desk.png")
    return {"name": "desk.png"}


def refused(answers: dict[Role, int]) -> dict[Role, int]:
    """Who may open the form sends it empty, and is told what to correct."""
    return dict.fromkeys(answers, 422)


ITEM_FORMS = (
    ("new-item", AUTHORS, None), ("new-items", AUTHORS, None), ("add-item-picture", AUTHORS, None),
    ("take-calibration", RUNS, None), ("import-items", AUTHORS, None),
    ("edit-item", AUTHORS, of_draft), ("edit-item-text", AUTHORS, of_draft),
    ("submit-item", AUTHORS, of_draft), ("review-item", AUTHORS, of_submitted),
    ("new-item-version", {Role.SERVICE: 200, Role.TRAINER: 404}, of_item), ("item-step", RUNS, of_step),
)  # fmt: skip
PAGES = [
    Page("verification:candidate-test", everybody(302)),
    Page("verification:duties", only({Role.SERVICE: 200, Role.AUDITOR: 200, Role.HR: 200, Role.HEAD: 200})),
    Page("verification:offer", only({Role.SERVICE: 200})),
    Page("verification:offer", only({Role.SERVICE: 422}), method="POST"),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 200))) for name in FORMS),
    *(Page(f"verification:{name}", only(dict.fromkeys(RECORDERS, 422)), method="POST") for name in FORMS),
    Page("verification:own", OWN),
    Page("verification:knowledge", everybody(200, public=200), kwargs=of_trial),
    Page("verification:test", OWN),
    Page("verification:test", only({Role.EMPLOYEE: 302}), method="POST"),
    Page("verification:practice", OWN),
    Page("verification:sittings", OWN),
    Page("verification:sitting", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_sitting),
    Page("verification:enter", everybody(200, public=200)),
    Page("verification:link", everybody(200, public=200), kwargs=of_link),
    Page("verification:link", everybody(404, public=404), kwargs=of_no_link),
    Page("verification:leave", everybody(302), method="POST"),
    Page("verification:here-test", everybody(302)),
    Page("verification:here-practice", everybody(302)),
    Page("verification:here-sitting", everybody(302), kwargs=of_somebodys_sitting),
    Page("verification:here-lessons", everybody(302)),
    Page("verification:here-lesson", everybody(302), kwargs=of_lesson),
    Page("verification:here-certificates", everybody(302)),
    Page("verification:here-issue-certificate", everybody(302), kwargs=of_somebody, method="POST"),
    Page("verification:here-certificate-pdf", everybody(302), kwargs=of_somebodys_certificate),
    Page("verification:here-certificate-badge", everybody(302), kwargs=of_somebodys_certificate),
    Page("verification:talks", only({Role.HR: 200})),
    Page("verification:talk", only({Role.HR: (200, 404)}), kwargs=of_talk),
    Page("verification:talk", only({Role.HR: (422, 404)}), kwargs=of_talk, method="POST"),
    Page("verification:export-items", only({Role.SERVICE: 200})),
    Page("verification:lessons", only({Role.EMPLOYEE: 200})),
    Page("verification:lesson", only({Role.EMPLOYEE: 200}), kwargs=of_lesson),
    Page("verification:certificates", only({Role.EMPLOYEE: 200})),
    Page("verification:issue-certificate", only({Role.EMPLOYEE: 404}), kwargs=of_somebody, method="POST"),
    Page("verification:certificate-pdf", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_certificate),
    Page("verification:certificate-badge", only({Role.EMPLOYEE: 404}), kwargs=of_somebodys_certificate),
    Page("verification:item-answers", only(RUNS)),
    Page("verification:item-answers", only({Role.SERVICE: 422}), data={"kinds": "all"}, method="POST"),
    Page("verification:items", only(AUTHORS)),
    Page("verification:item", only({Role.SERVICE: 200, Role.TRAINER: 404}), kwargs=of_item),
    Page("verification:item", only(AUTHORS), kwargs=of_draft),
    Page("verification:item", only(AUTHORS), kwargs=of_submitted),
    Page("verification:blueprint", only(RUNS)),
    Page("verification:item-picture", everybody(200, public=200), kwargs=of_picture),
    *(Page(f"verification:{name}", only(who), kwargs=of or nothing) for name, who, of in ITEM_FORMS),
    *(
        Page(
            f"verification:{name}",
            only({**who, **refused({r: 0 for r, a in who.items() if a == 200})}),
            kwargs=of or nothing,
            method="POST",
        )
        for name, who, of in ITEM_FORMS
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)
