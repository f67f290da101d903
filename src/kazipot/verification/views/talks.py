"""Talks about tests that went oddly: a list for human resources, and how each ended."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, operations, queries
from kazipot.verification.forms import TalkForm


@require_GET
@requires("verification.hold_talks")
def talks(request: Request) -> HttpResponse:
    """People with whom somebody should talk, and what was noticed; no answers and no results."""
    reach = request.actor.reach("verification.hold_talks")
    rows = queries.talks(None if reach.everywhere else reach.employer_ids)
    page = page_of(request, rows)
    return render(request, "verification/talks.html", {"page": page, "rows": [(row, noticed(row)) for row in page]})


def noticed(row: access.TheTalk) -> str:
    """What was noticed, in a sentence."""
    if row.reason != "fast":
        return _("Easy questions were answered wrongly and hard ones rightly, more often than usual.")
    fast, answers = row.noticed["fast"], row.noticed["answers"]
    text = ngettext(
        "%(fast)s of %(answers)s answers came faster than the question can be read.",
        "%(fast)s of %(answers)s answers came faster than the question can be read.",
        fast,
    )
    return text % {"fast": fast, "answers": answers}


@require_http_methods(["GET", "POST"])
@requires("verification.hold_talks")
def talk(request: Request, talk_id: int) -> HttpResponse:
    """Note how a talk ended."""
    found = access.talk_to_hold(request, talk_id)
    form = TalkForm(posted(request))

    def close(said: Mapping[str, Any]) -> None:
        operations.close_talk(talk_id=found.pk, **said, at=request.now, actor=user_of(request))

    if carried_out(form, close):
        messages.success(request, _("The talk is closed."))
        return redirect("verification:talks")
    person = found.sitting.person
    assert person is not None  # nobody talks with a candidate about a test
    text = _("What was noticed can have many reasons: a tired evening, help from a colleague, knowing it by heart.")
    return form_page(
        request, form, title=person.name, lead=noticed(found), text=text, button=_("Close the talk"),
        back=(reverse("verification:talks"), _("Talks about tests")),
    )  # fmt: skip
