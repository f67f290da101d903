"""Exemptions, long leaves, earlier completions, the terms, and records that cannot be true."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, exports, imports, operations, queries
from kazipot.verification.errors import NoSuchNumber
from kazipot.verification.forms import EndExemptionForm, ExemptionForm, HistoryFileForm, LeaveForm, TermsForm
from kazipot.verification.views.listing import Action, Cell, table_page

GET_AND_POST = ["GET", "POST"]
DAY = timedelta(days=1)


def _last(end: Any) -> str:
    """The last day of a half-open period, as people say it."""
    return day(end - DAY) if end else _("until further notice")


def _person(told: Mapping[str, Any]) -> int:
    person = organisation.person_by_number(told["employer"], told["personnel_number"], on=told["first_day"])
    if person is None:
        raise NoSuchNumber
    return person.pk


def _duties() -> tuple[str, str]:
    return reverse("verification:duties"), _("Digital security: who is due")


@require_GET
@requires("verification.record")
def exemptions(request: Request) -> HttpResponse:
    """Who is exempt within reach, by which evidence, until when."""
    employer_ids = [row.pk for row in access.employers_to_record(request)]

    def cells(row: Any) -> list[str | Cell]:
        running = row.ended_on is None and (row.valid_to is None or row.valid_to > request.today)
        end = Cell(_("End it"), reverse("verification:end-exemption", args=[row.pk])) if running else ""
        named = access.name_of(request, row.person, row.employer_id)
        return [named, row.employer.code, day(row.valid_from), _last(row.ended_on or row.valid_to), row.evidence, end]

    return table_page(
        request,
        queries.exemptions(employer_ids),
        cells,
        title=_("Exemptions"),
        lead=_("Who is exempt need not be trained and verified. The evidence itself stays with human resources."),
        headings=[_("Person"), _("Employer"), _("First day"), _("Last day"), _("Proof on file"), _("What to do")],
        empty=_("Nobody is exempt."),
        actions=[Action(_("Record an exemption"), reverse("verification:exempt"))],
        back=_duties(),
    )


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def exempt(request: Request) -> HttpResponse:
    """Record an exemption."""
    form = ExemptionForm(posted(request), employers=access.employers_to_record(request))

    def write(told: Mapping[str, Any]) -> None:
        operations.exempt(
            person_id=_person(told),
            employer_id=told["employer"],
            valid_from=told["first_day"],
            valid_to=told["last_day"] + DAY if told["last_day"] else None,
            evidence=told["evidence"],
            at=request.now,
            actor=user_of(request),
        )

    if carried_out(form, write):
        messages.success(request, _("The exemption has been recorded."))
        return redirect("verification:exemptions")
    back = (reverse("verification:exemptions"), _("Exemptions"))
    text = _("After an exemption the person has time again, as after a long leave.")
    return form_page(
        request, form, title=_("Record an exemption"), button=_("Record the exemption"), back=back, text=text
    )


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def end_exemption(request: Request, exemption_id: int) -> HttpResponse:
    """End an exemption before its time."""
    found = access.exemption_to_end(request, exemption_id)
    form = EndExemptionForm(posted(request))

    def write(told: Mapping[str, Any]) -> None:
        operations.end_exemption(
            exemption_id=found.pk, ends_on=told["last_day"] + DAY, at=request.now, actor=user_of(request)
        )

    if carried_out(form, write):
        messages.success(request, _("The exemption has been ended."))
        return redirect("verification:exemptions")
    back = (reverse("verification:exemptions"), _("Exemptions"))
    lead = f"{access.name_of(request, found.person, found.employer_id)}, {found.evidence}"
    return form_page(request, form, title=_("End the exemption"), button=_("End the exemption"), back=back, lead=lead)


@require_GET
@requires("verification.record")
def leaves(request: Request) -> HttpResponse:
    """Who is, or was, on a long leave within reach. Why is nobody's business here."""
    employer_ids = [row.pk for row in access.employers_to_record(request)]
    return table_page(
        request,
        queries.leaves(employer_ids),
        lambda row: [
            access.name_of(request, row.person, row.employer_id), row.employer.code, day(row.valid_from),
            _last(row.valid_to),
        ],
        title=_("Long leaves"),
        lead=_("While somebody is on a long leave nothing is asked and nobody reminds them. Reasons are not kept."),
        headings=[_("Person"), _("Employer"), _("First day"), _("Last day")],
        empty=_("Nobody is on a long leave."),
        actions=[Action(_("Record a long leave"), reverse("verification:record-leave"))],
        back=_duties(),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def leave(request: Request) -> HttpResponse:
    """Record a long leave, or when one that was open ended."""
    form = LeaveForm(posted(request), employers=access.employers_to_record(request))

    def write(told: Mapping[str, Any]) -> None:
        operations.record_leave(
            person_id=_person(told),
            employer_id=told["employer"],
            valid_from=told["first_day"],
            valid_to=told["last_day"] + DAY if told["last_day"] else None,
            at=request.now,
            actor=user_of(request),
        )

    if carried_out(form, write):
        messages.success(request, _("The leave has been recorded."))
        return redirect("verification:leaves")
    back = (reverse("verification:leaves"), _("Long leaves"))
    return form_page(request, form, title=_("Record a long leave"), button=_("Record the leave"), back=back)


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def history(request: Request) -> HttpResponse:
    """Take earlier completions over from a file, all or none."""
    form = HistoryFileForm(posted(request), request.FILES or None)
    done: list[operations.HistoryTaken] = []

    def write(told: Mapping[str, Any]) -> None:
        file, employers = told["file"], access.employers_to_record(request)
        given = imports.read_history(file.name, file.read(), employers=employers, on=request.today)
        done.append(operations.record_history(given=given, at=request.now, actor=user_of(request)))

    if carried_out(form, write):
        new, known = done[0].new, done[0].known
        text = ngettext("%(count)s completion was taken over.", "%(count)s completions were taken over.", new)
        text = text % {"count": new}
        if known:
            more = ngettext("%(count)s was known already.", "%(count)s were known already.", known)
            text = f"{text} {more % {'count': known}}"
        messages.success(request, text)
        return redirect("verification:duties")
    return form_page(
        request,
        form,
        title=_("Earlier completions"),
        button=_("Take them over"),
        back=_duties(),
        text=_(
            "Training and verification done elsewhere count from the day on which they were done. What is older than "
            "the terms allow is refused. The same file twice adds nothing."
        ),
    )


@require_GET
@requires("verification.see_audit")
def audit(request: Request) -> HttpResponse:
    """Records that cannot be true, or that contradict each other."""
    found = access.audit_to_see(request)
    return table_page(
        request,
        found,
        lambda row: [row.name, day(row.finding.on), exports.fault_sentence(row.finding.fault)],
        title=_("Impossible records"),
        lead=_("Records that cannot be true, or that contradict each other. The list is empty when all is well."),
        headings=[_("Person"), _("Day"), _("What is wrong, and what to do")],
        empty=_("No impossible records."),
        back=_duties(),
    )


@require_GET
@requires("verification.see_duties")
def terms(request: Request) -> HttpResponse:
    """The terms of the duty, latest first."""
    may = request.actor.may("verification.run")
    rule = queries.strategy_rule()
    return table_page(
        request,
        queries.terms(),
        lambda row: [
            day(row.valid_from), str(row.window_days), str(row.return_months), str(row.accept_months),
            str(row.attempts), str(row.waiting_days),
            ", ".join(profile.name for profile in row.spared_profiles.all()) or "–", row.because,
        ],
        title=_("Terms of the duty"),
        lead=_("Set by the strategy, in months: how long a proof counts (%(months)s), newcomers' time (%(grace)s).")
        % {"months": rule.months, "grace": rule.grace_months},
        headings=[
            _("From"), _("Window in days"), _("Months after a leave"), _("Greatest age in months"), _("Attempts"),
            _("Days between attempts"), _("Not asked"), _("Reason"),
        ],
        empty=_(
            "The terms are the usual ones: a window of 90 days, 3 months after a leave, proofs from elsewhere up to 12 "
            "months old, 2 attempts with 14 days between them."
        ),
        actions=[Action(_("Set other terms"), reverse("verification:set-terms"))] if may else [],
        back=_duties(),
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("verification.run")
def set_terms(request: Request) -> HttpResponse:
    """Set other terms from a day on."""
    rules = queries.rule_book().on(request.today)
    names = ("window_days", "return_months", "accept_months", "attempts", "waiting_days", "asked_since")
    initial = {name: getattr(rules, name) for name in names} | {"spared_profiles": sorted(rules.spared_profiles)}
    profiles = [(row.pk, row.name) for row in organisation.job_profiles()]
    form = TermsForm(posted(request), profiles=profiles, initial=initial)

    def write(told: Mapping[str, Any]) -> None:
        given = operations.TermsGiven(
            **{name: told[name] for name in names}, spared_profile_ids=told["spared_profiles"],
            spared_unit_ids=rules.spared_units,
        )  # fmt: skip
        operations.set_terms(
            valid_from=told["valid_from"], given=given, because=told["because"], at=request.now,
            actor=user_of(request),
        )  # fmt: skip

    if carried_out(form, write):
        messages.success(request, _("The terms have been set."))
        return redirect("verification:terms")
    back = (reverse("verification:terms"), _("Terms of the duty"))
    text = _("What was done before the day keeps the dates that people were told.")
    return form_page(request, form, title=_("Set other terms"), button=_("Set the terms"), back=back, text=text)
