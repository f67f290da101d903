"""An installation that asked before questionnaires were data keeps its campaigns and drafts."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kazipot.core.survey.questionnaire import faults_of, from_data

BEFORE = [("needs", "0005_answering_again")]
AT = datetime(2025, 3, 1, 9, tzinfo=UTC)


def migrated(targets: list[tuple[str, str]]) -> Any:
    """The records as they are after these migrations."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.mark.django_db(transaction=True)
def test_campaigns_get_the_questionnaire_that_they_asked_and_drafts_their_names() -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    old = migrated(BEFORE)
    try:
        employer = old.get_model("organisation", "Employer").objects.create(code="MU", kind="city_administration")
        unit = old.get_model("organisation", "Unit").objects.create(employer=employer, code="A")
        person = old.get_model("organisation", "Person").objects.create(key="p")
        framework = old.get_model("framework", "Framework").objects.create(code="x", version="1")
        campaign = old.get_model("needs", "Campaign").objects.create(
            year=2025, title_sl="P", title_en="N", framework=framework, opens_on=date(2025, 3, 1),
            closes_on=date(2025, 3, 31), status="open",
        )  # fmt: skip
        old.get_model("needs", "Invitation").objects.create(
            campaign=campaign, person=person, employer=employer, unit=unit, token_digest="d", invited_at=AT,
            draft={"7": {"own": 2, "needed": 3, "wish": False}, "8": {"own": 0, "wish": True}},
        )  # fmt: skip
    finally:
        new = migrated(newest)
    kept = new.get_model("needs", "Campaign").objects.get()
    assert (kept.privacy, kept.reminder_days, kept.asked) == ("confidential", [7, 2], {})
    version = kept.questionnaire
    assert (version.questionnaire.key, version.number, version.approved_at) == ("yearly_needs", 1, AT)
    assert faults_of(from_data(version.content)) == []
    assert new.get_model("needs", "Invitation").objects.get().draft == {
        "own_level-7": "2", "needed_level-7": "3", "own_level-8": "0", "wants_training-8": True,
    }  # fmt: skip
