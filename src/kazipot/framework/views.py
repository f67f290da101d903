"""Pages of competence frameworks."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.tables import PAGE_BYTES
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.framework import access, imports, operations, queries
from kazipot.framework.forms import ActivateForm, TargetsForm, WorkbookForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("framework.see")
def frameworks(request: Request) -> HttpResponse:
    """Which frameworks there are, and which one is active."""
    context = {"frameworks": queries.frameworks(), "may_change": request.actor.may("framework.change")}
    return render(request, "framework/frameworks.html", context)


@require_GET
@requires("framework.see")
def framework(request: Request, code: str, version: str) -> HttpResponse:
    """The competences of a version, area by area."""
    found = access.framework_to_see(code, version)
    context = {
        "framework": found,
        "competences": queries.competences(found.pk),
        "others": queries.frameworks_beside(found),
        "may_activate": found.status == "draft" and request.actor.may("framework.change"),
    }
    return render(request, "framework/framework.html", context)


@require_GET
@requires("framework.see")
def competence(request: Request, code: str, version: str, competence_code: str) -> HttpResponse:
    """A competence: what it means, its statements, and what a person can do at each level."""
    found = access.competence_to_see(code, version, competence_code)
    context = {
        "competence": found,
        "statements": queries.statements_of(found.pk),
        "outcomes": queries.outcomes_of(found.pk),
    }
    return render(request, "framework/competence.html", context)


@require_GET
@requires("framework.see")
def crosswalk(request: Request, code: str, version: str, other: str) -> HttpResponse:
    """How the competences of a version stand to those of another one."""
    source, target = access.framework_to_see(code, version), access.framework_to_see(code, other)
    context = {"source": source, "target": target, "rows": queries.counterparts(source.pk, target.pk)}
    return render(request, "framework/crosswalk.html", context)


@require_http_methods(GET_AND_POST)
@requires("framework.change")
def import_(request: Request) -> HttpResponse:
    """The Commission's workbook comes in."""
    form = WorkbookForm(posted(request), request.FILES or None)
    added: list[dict[str, int]] = []

    def bring(told: Mapping[str, Any]) -> None:
        content = told["file"].read(PAGE_BYTES + 1)
        _book, numbers = imports.import_framework(
            told["file"].name, content, at=request.now, actor=user_of(request), max_bytes=PAGE_BYTES
        )
        added.append(numbers)

    if carried_out(form, bring):
        text = _("The workbook has been read. Added statements: %(statements)s, outcomes: %(outcomes)s.")
        messages.success(request, text % added[0])
        return redirect("framework:framework", "DigComp", "3.0")
    return form_page(request, form, title=_("Import the DigComp workbook"), button=_("Import"), back=_back())


@require_http_methods(GET_AND_POST)
@requires("framework.change")
def activate(request: Request, code: str, version: str) -> HttpResponse:
    """A draft becomes the active version on a day."""
    found = access.framework_to_see(code, version)
    form = ActivateForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.activate(framework_id=found.pk, on=told["on"], at=request.now, actor=user_of(request)),
    ):
        messages.success(request, _("The version has been activated."))
        return redirect("framework:framework", code, version)
    text = _(
        "The version that is active until then is archived. What was answered in it opens unchanged and is "
        "expressed in the new version with a label."
    )
    return form_page(
        request, form, title=_("Activate the version"), button=_("Activate"), back=_back(), lead=found.name, text=text
    )


@require_GET
@requires("framework.see")
def profile_targets(request: Request, code: str, version: str) -> HttpResponse:
    """Which competences each kind of work needs."""
    found = access.framework_to_see(code, version)
    targets = queries.profile_targets(found.pk, on=request.today)
    codes = {item.id: item.code for item in queries.competences(found.pk)}
    page = page_of(request, organisation.job_profiles())
    context = {
        "framework": found,
        "page": page,
        "everybody": [codes[pk] for pk in targets.get(None, {})],
        "rows": [(row, [codes[pk] for pk in targets.get(row.pk, {})]) for row in page.object_list],
        "may_change": request.actor.may("framework.change"),
    }
    return render(request, "framework/profile_targets.html", context)


@require_http_methods(GET_AND_POST)
@requires("framework.change")
def change_targets(request: Request, code: str, version: str, profile_code: str) -> HttpResponse:
    """Change which competences a kind of work needs, from a day on."""
    found = access.framework_to_see(code, version)
    profile = access.profile_to_see(profile_code)
    profile_id = profile.pk if profile else None
    form = TargetsForm(
        posted(request),
        competences=queries.competences(found.pk),
        targets=queries.profile_targets(found.pk, on=request.today).get(profile_id, {}),
        today=request.today,
    )

    def change(told: Mapping[str, Any]) -> None:
        operations.set_profile_targets(
            profile_id=profile_id, framework_id=found.pk, targets=form.targets(), on=told["on"], at=request.now,
            actor=user_of(request),
        )  # fmt: skip

    if carried_out(form, change):
        messages.success(request, _("What this work needs has been saved."))
        return redirect("framework:profile-targets", code, version)
    back = (reverse("framework:profile-targets", args=(code, version)), _("What work needs"))
    text = _(
        "The yearly questionnaire asks people only about the competences that their work needs, and the analysis "
        "compares their own level with these levels. What held before stays in the records."
    )
    lead = profile.name if profile else _("Everybody, and kinds of work without an entry of their own")
    return form_page(request, form, title=_("What this work needs"), button=_("Save"), back=back, lead=lead, text=text)


def _back() -> tuple[str, str]:
    return reverse("framework:frameworks"), _("Competence frameworks")
