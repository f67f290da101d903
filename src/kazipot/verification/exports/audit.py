"""Impossible records in words and as JSON; people stand in it by their key."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.core.duty.audit import Fault, Finding
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Person


def fault_sentence(fault: Fault) -> str:
    """What is wrong, and what to do."""
    return {
        Fault.NOT_EMPLOYED: _(
            "Trained or verified on a day without a job: correct the day, the person or the employment."
        ),
        Fault.FUTURE: _("The day is in the future: annul the record and write it down after it has happened."),
        Fault.TWICE_PASSED: _("Passed twice on one day: annul one of the two results."),
        Fault.PASSED_AND_FAILED: _("Passed and not passed on one day: annul the result that is wrong."),
        Fault.ACCEPTED_BEFORE: _("Accepted before it was done: annul the record and write it down with the right day."),
        Fault.EXEMPTIONS_OVERLAP: _("Two exemptions share days: end one of them."),
        Fault.LEAVES_OVERLAP: _("Two long leaves share days: end one of them."),
        Fault.ENDED_BEFORE: _("An exemption ended before it began: record it anew."),
        Fault.NOT_RECORDED: _("A test was decided, and no result was recorded: record it, or find out why not."),
        Fault.VERIFIED_ON_LEAVE: _("Verified during a long leave: correct the leave or the result."),
    }[fault]


def audit_as_json(found: Mapping[int, list[Finding]], people: Mapping[int, Person], on: date) -> dict[str, Any]:
    """Every finding with the person's key."""
    return {
        "as_of": on.isoformat(),
        "findings": [
            {"person": people[pk].key, "fault": row.fault, "on": row.on.isoformat(), "text": fault_sentence(row.fault)}
            for pk, rows in found.items()
            for row in rows
        ],
    }


def audit_as_text(found: Mapping[int, list[Finding]], people: Mapping[int, Person]) -> str:
    """One line for each finding, and how many there are."""
    lines = [
        f"{people[pk].key}, {day(row.on)}: {fault_sentence(row.fault)}" for pk, rows in found.items() for row in rows
    ]
    text = ngettext("%(count)s impossible record.", "%(count)s impossible records.", len(lines))
    return "\n".join([*lines, text % {"count": len(lines)} if lines else _("No impossible records.")])
