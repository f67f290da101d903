"""What is done inside the product, in a process of its own: people get links to the test; what is stored is read."""

import importlib
import json
import sys
from datetime import date, timedelta
from typing import Any

from answering.records import _employ, versions


def invite(people: int) -> dict[str, Any]:
    """So many people with a link to the test, by person; the questions that ship are in use."""
    importlib.import_module("kazipot.project.cli.commands").prepare()
    operations = importlib.import_module("kazipot.verification.operations")
    employments = importlib.import_module("kazipot.organisation.models").Employment.objects
    at = importlib.import_module("kazipot.foundation.clock").now()
    told: dict[str, Any] = {"at": at, "actor": None}
    _employ(people, date(2020, 1, 1), told)
    operations.load_builtin_items(**told)
    links = []
    with importlib.import_module("django.db.transaction").atomic():
        for person, employer in employments.order_by("person_id").values_list("person_id", "employer_id"):
            token = operations.make_code(
                person_id=person, employer_id=employer, valid_until=at.date() + timedelta(days=9), for_mail=True, **told
            )
            links.append((person, f"/verification/link/{token}/"))
    return {"links": links, "versions": versions()}


def stored() -> dict[str, Any]:
    """Every sitting by person: answers as their forms, what was shown, the result, and what a replay finds."""
    answering = importlib.import_module("kazipot.core.items.answering")
    queries = importlib.import_module("kazipot.verification.queries")
    models = importlib.import_module("kazipot.verification.models")
    found = []
    for sitting in queries.sittings().order_by("id"):
        steps = queries.steps_of(sitting)
        answers = {}
        for step in steps:
            if step.answer is not None:
                item = queries.item_of(sitting, step)
                answer = answering.from_kept(step.answer)
                answers[step.number] = answering.fields_for(item, step.seed, answer) if answer else {}
        results = models.Verification.objects.filter(person_id=sitting.person_id).count()
        found.append(
            {
                "person": sitting.person_id, "state": sitting.state, "answers": answers, "results": results,
                "shown": [step.version_id for step in steps], "replay": list(queries.replay(sitting.pk).differences),
            }
        )  # fmt: skip
    return {"sittings": found}


def main() -> None:
    """`invite N` or `stored`; the result is one JSON document."""
    importlib.import_module("django").setup()
    found = invite(int(sys.argv[2])) if sys.argv[1] == "invite" else stored()
    print("\n" + json.dumps(found))


if __name__ == "__main__":
    main()
