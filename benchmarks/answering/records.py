"""What is done inside the product, in a process of its own: a city is invited, and what is stored is read back."""

import importlib
import json
import sys
from datetime import date, timedelta
from typing import Any

EMPLOYERS, MOST_UNITS = 20, 400


def invite(people: int) -> dict[str, Any]:
    """A city with so many people and an open campaign, by the product's own operations: every link, by invitation.

    The tokens are told once and go to the crowd through pipes; they are written nowhere.
    """
    importlib.import_module("kazipot.project.cli.commands").prepare()
    clock = importlib.import_module("kazipot.foundation.clock")
    framework = importlib.import_module("kazipot.framework.operations")
    frameworks = importlib.import_module("kazipot.framework.queries")
    needs = importlib.import_module("kazipot.needs.operations")
    told: dict[str, Any] = {"at": clock.now(), "actor": None}
    today: date = told["at"].date()
    framework.install_shipped_frameworks(**told)
    _employ(people, date(2020, 1, 1), told)
    campaign = needs.draft_campaign(
        year=today.year, title_sl="Potrebe po izobraževanju", title_en="Training needs",
        framework_id=frameworks.framework_by_version("DigComp", "2.2").pk, opens_on=today,
        closes_on=today + timedelta(days=2), employer_ids=[], **told,
    )  # fmt: skip
    links = needs.open_campaign(campaign_id=campaign.pk, **told)
    return {"links": [(link.invitation_id, f"/needs/answer/{link.token}/") for link in links], "versions": versions()}


def _employ(people: int, since: date, told: dict[str, Any]) -> None:
    operations = importlib.import_module("kazipot.organisation.operations")
    imports = importlib.import_module("kazipot.organisation.imports")
    employers = [
        operations.add_employer(
            code=f"E{n}", name_sl=f"Podjetje {n}", name_en=f"Company {n}", kind="public_company", **told
        )
        for n in range(EMPLOYERS)
    ]
    units = min(MOST_UNITS, max(EMPLOYERS, people // 30))
    for n in range(units):
        operations.add_unit(
            employer_id=employers[n % EMPLOYERS].pk, code=f"U{n}", name_sl=f"Enota {n}", name_en=f"Unit {n}",
            kind="section", must_have_advisor=False, parent_id=None, valid_from=since, **told,
        )  # fmt: skip
    head = ["delodajalec", "enota", "kadrovska številka", "ime", "priimek", "delovno mesto", "zaposlen od"]
    rows = [
        [
            f"E{n % units % EMPLOYERS}",
            f"U{n % units}",
            f"{n:06}",
            f"Žiga{n % 97}",
            f"Čeč{n}",
            f"D{n % 60}",
            since.isoformat(),
        ]
        for n in range(people)
    ]
    path = importlib.import_module("django.conf").settings.DATA / "roster.csv"
    path.write_text("\n".join(";".join(row) for row in [head, *rows]), encoding="utf-8")
    imports.import_people(path, as_of=told["at"].date(), at=told["at"])


def versions() -> dict[str, str]:
    """What the test ran with."""
    metadata = importlib.import_module("importlib.metadata")
    with importlib.import_module("django.db").connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgresql,) = cursor.fetchone()
    names = ("django", "granian", "psycopg")
    return {"PostgreSQL": postgresql} | {name: metadata.version(name) for name in names}


def stored() -> dict[str, Any]:
    """Everything that the database holds of answers, by invitation, and what the audit trail says of it."""
    models = importlib.import_module("kazipot.needs.models")
    events = importlib.import_module("kazipot.foundation.models").AuditEvent.objects.filter(verb="needs.submit")
    answers: dict[int, list[Any]] = {}
    for who, competence, own, needed, wish in models.Answer.objects.values_list(
        "response__invitation_id", "competence_id", "own_level", "needed_level", "wants_training"
    ):
        said = [[f"own_level-{competence}", [str(own)]], [f"needed_level-{competence}", [str(needed)]]]
        answers.setdefault(who, []).extend(said + ([[f"wants_training-{competence}", ["on"]]] if wish else []))
    for who, key, competence, value in models.ItemAnswer.objects.values_list(
        "response__invitation_id", "key", "competence_id", "value"
    ):
        name = key if competence is None else f"{key}-{competence}"
        answers.setdefault(who, []).append([name, as_told(value)])
    drafts = models.Invitation.objects.exclude(draft={}).values_list("pk", "draft")
    return {
        "responses": list(models.Response.objects.values_list("invitation_id", flat=True)),
        "answers": list(answers.items()),
        "drafts": [(pk, {name: as_told(value) for name, value in draft.items()}) for pk, draft in drafts],
        "events": [int(target) for target in events.values_list("target_id", flat=True)],
    }


def as_told(value: Any) -> list[str]:
    """A stored value the way a form sends it."""
    if isinstance(value, list):
        return sorted(value)
    return ["on"] if value is True else [str(value)]


def main() -> None:
    """`invite N` or `stored`; the result is one JSON document."""
    importlib.import_module("django").setup()
    found = invite(int(sys.argv[2])) if sys.argv[1] == "invite" else stored()
    print("\n" + json.dumps(found))


if __name__ == "__main__":
    main()
