"""What the posts of an employer demand of new colleagues, by family: proposed, corrected, approved, in versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.framework import queries as framework
from kazipot.hiring import access, operations, queries
from kazipot.hiring.choices import ProfileStatus
from kazipot.hiring.forms import ApproveForm, DemandsForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, employer_for, requires, user_of


@require_GET
@requires("hiring.see_profiles")
def profiles(request: Request) -> HttpResponse:
    """The families of every employer that has posts, and whether demands are approved for them."""
    reach = request.actor.reach("hiring.change_profiles")
    listed = [row for row in organisation.employers() if not request.actor.may("hiring.change_profiles")
              or reach.covers(employer_id=row.pk)]  # fmt: skip
    code = request.GET.get("employer", "")
    chosen = next((row for row in listed if row.code == code), listed[0] if listed else None)
    context = {
        "employers": listed,
        "chosen": chosen,
        "page": page_of(request, queries.families(chosen.pk, on=request.today) if chosen else []),
        "may_import": request.actor.may("hiring.import_positions"),
    }
    return render(request, "hiring/profiles.html", context)


@require_GET
@requires("hiring.see_profiles")
def family(request: Request, employer_code: str, family: str) -> HttpResponse:
    """What a family of posts demands, and every version of it."""
    employer = employer_for(request, "hiring.see_profiles", employer_code)
    held = queries.holding(employer.pk, family, on=request.today)
    context = {
        "employer": employer,
        "family": family,
        "held": held,
        "demands": queries.demands_of_family(held.pk) if held else [],
        "page": page_of(request, queries.versions_of(employer.pk, family)),
        "may_change": request.actor.reach("hiring.change_profiles").covers(employer_id=employer.pk),
    }
    return render(request, "hiring/family.html", context)


@require_POST
@requires("hiring.change_profiles")
def start(request: Request, employer_code: str, family: str) -> HttpResponse:
    """A draft that begins with what holds."""
    employer = employer_for(request, "hiring.change_profiles", employer_code)
    draft = operations.start_family(
        employer_id=employer.pk, family=family, on=request.today, at=request.now, actor=user_of(request)
    )
    return redirect("hiring:change-version", draft.pk)


@require_GET
@requires("hiring.see_profiles")
def version(request: Request, version_id: int) -> HttpResponse:
    """One version: what it demands and why, who wrote and who approved it, and what changed."""
    found = access.version_for(request, "hiring.see_profiles", version_id)
    demands = queries.demands_of_family(found.pk)
    before = queries.versions_of(found.employer_id, found.family).filter(number__lt=found.number).first()
    may = request.actor.reach("hiring.change_profiles").covers(employer_id=found.employer_id)
    context = {
        "written": found,
        "demands": demands,
        "before": before,
        "differences": queries.differences(queries.demands_of_family(before.pk), demands) if before else [],
        "may_change": may and found.status == ProfileStatus.DRAFT,
        "is_author": found.author_id == user_of(request).pk,
    }
    return render(request, "hiring/version.html", context)


@require_http_methods(["GET", "POST"])
@requires("hiring.change_profiles")
def change(request: Request, version_id: int) -> HttpResponse:
    """Set what a draft demands."""
    found = access.version_for(request, "hiring.change_profiles", version_id)
    active = framework.active_framework(request.today)
    present = {row.competence_id: (row.level, row.required) for row in queries.demands_of_family(found.pk)}
    form = DemandsForm(posted(request), competences=framework.competences(active.pk) if active else [], present=present)
    if carried_out(
        form,
        lambda _told: operations.change_family(
            version_id=found.pk, demands=[operations.Demand(*row) for row in form.demanded()], at=request.now,
            actor=user_of(request),
        ),
    ):  # fmt: skip
        return redirect("hiring:version", found.pk)
    title = _("What the family demands")
    return form_page(request, form, title=title, lead=_lead(found), button=_("Save"), back=_back(found))


@require_http_methods(["GET", "POST"])
@requires("hiring.change_profiles")
def approve(request: Request, version_id: int) -> HttpResponse:
    """Approve a draft that somebody else wrote."""
    found = access.version_for(request, "hiring.change_profiles", version_id)
    form = ApproveForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.approve_family(
            version_id=found.pk, valid_from=told["valid_from"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The version is approved."))
        return redirect("hiring:version", found.pk)
    text = _("Postings of these posts are then compared with it. Your name stands beside the version.")
    title = _("Approve the version")
    return form_page(request, form, title=title, lead=_lead(found), text=text, button=_("Approve"), back=_back(found))


def _lead(found: access.FamilyVersion) -> str:
    return f"{found.employer.name}: {found.family}, {found.number}"


def _back(found: access.FamilyVersion) -> tuple[str, str]:
    return reverse("hiring:version", args=[found.pk]), found.family
