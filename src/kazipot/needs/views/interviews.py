"""Pages for interviews: what was said, what each coder heard in it, and what they agreed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.framework import queries as framework
from kazipot.needs import access, operations, queries
from kazipot.needs.errors import PassagesChanged
from kazipot.needs.forms import InterviewForm, PassageForm, WithdrawInterviewForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]
PASSAGES = 10
MARKED = 25
ID_DIGITS = 19
SUGGESTED_IN = "3.0"
"""Codes are suggested in this version of DigComp only."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage on a page with its form, why codes are suggested, and what coders heard (code, kind, who)."""

    text: str
    form: PassageForm
    because: tuple[str, ...]
    heard: tuple[str, ...]


@require_GET
@requires("needs.interview")
def interviews(request: Request) -> HttpResponse:
    """Every interview, those planned first; where people were asked, and what was heard this year."""
    year = request.today.year
    active = framework.active_framework(request.today)
    heard = queries.heard_by_competence(year)
    competences = framework.competences(active.pk) if active else []
    coverage = queries.interview_coverage(year)
    context = {
        "planned": queries.planned_interviews(),
        "cancelled": queries.cancelled_interviews(year),
        "page": page_of(request, queries.interviews()),
        "year": year,
        "coverage": coverage,
        "held_units": sum(row.held > 0 for row in coverage),
        "units": len(organisation.units_on(request.today)),
        "people": sum(row.people for row in coverage),
        "heard": [(item, heard[item.id]) for item in competences if item.id in heard],
    }
    return render(request, "needs/interviews.html", context)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def new_interview(request: Request) -> HttpResponse:
    """Record an interview that was held without being planned here."""
    return _record(request, None)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def record_planned(request: Request, plan_id: int) -> HttpResponse:
    """Record a planned interview: with that it has been held."""
    return _record(request, access.plan_to_see(request, plan_id))


def _record(request: Request, plan: access.APlan | None) -> HttpResponse:
    guides = queries.approved_guides()
    initial: dict[str, Any] = {"held_on": request.today, "guide": guides[0].pk if guides else None}
    if plan is not None:
        day = timezone.localtime(plan.starts_at).date()
        initial = {"unit": plan.unit_id, "held_on": day, "people": plan.people, "guide": plan.guide_id}
    units = organisation.units_on(initial["held_on"])
    if plan is not None:
        units = [unit for unit in units if unit.id == plan.unit_id]
    named = [(guide.pk, str(guide)) for guide in guides]
    form = InterviewForm(posted(request), units=units, guides=named, initial=initial)
    made: list[int] = []
    if carried_out(
        form,
        lambda told: made.append(
            operations.record_interview(
                unit_id=told["unit"],
                held_on=told["held_on"],
                people=told["people"],
                consent=told["consent"],
                text=told["text"],
                guide_id=told["guide"],
                plan_id=plan.pk if plan else None,
                at=request.now,
                actor=user_of(request),
            ).pk
        ),
    ):
        messages.success(request, _("The interview has been recorded. Now code it."))
        return redirect("needs:interview", made[0])
    version, consent = queries.consent_words() or (1, queries.shipped_consent())
    if plan is not None:
        version, consent = plan.consent_text.version, plan.consent_text.text
    context = {"form": form, "plan": plan, "consent_version": version, "year": initial["held_on"].year}
    context["consent"] = consent[access.language_to_print(request)]
    return render(request, "needs/record_interview.html", context, status=REFUSED if form.errors else None)


@require_GET
@requires("needs.interview")
def interview(request: Request, interview_id: int) -> HttpResponse:
    """An interview, how far its coding is, and how well the coders agree."""
    found = access.interview_to_see(request, interview_id)
    reliability = queries.reliability(found.pk)
    names = {item.id: item for item in framework.competences(found.framework_id)}
    context = {
        "interview": found,
        "reliability": reliability,
        "by_competence": [(names[row.competence_id], row) for row in reliability.by_competence],
    }
    return render(request, "needs/interview.html", context)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def passages(request: Request, interview_id: int) -> HttpResponse:
    """Mark longer passages: join one with the next, split it again, as long as nobody has coded it."""
    found = access.interview_to_see(request, interview_id)
    if request.method == "POST":
        wanted, joining = request.POST.get("join", ""), True
        if not wanted:
            wanted, joining = request.POST.get("split", ""), False
        change = operations.join_passages if joining else operations.split_passage
        passage_id = int(wanted) if wanted.isdecimal() and len(wanted) < ID_DIGITS else 0
        try:
            change(interview_id=found.pk, passage_id=passage_id, at=request.now, actor=user_of(request))
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(f"{request.get_full_path()}#passage-{passage_id}")
    page = page_of(request, queries.passages_to_mark(found.pk), per_page=MARKED)
    rows = [(row, found.text[row.start : row.end], queries.is_joined(found, row)) for row in page.object_list]
    last = page.paginator.count
    return render(request, "needs/mark_passages.html", {"interview": found, "page": page, "rows": rows, "last": last})


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def code(request: Request, interview_id: int) -> HttpResponse:
    """Code passages alone, without seeing what others heard."""
    found = access.interview_to_see(request, interview_id)
    return _passages(request, found, agreeing=False)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def agree(request: Request, interview_id: int) -> HttpResponse:
    """Agree on passages, seeing what each coder heard."""
    found = access.interview_to_see(request, interview_id)
    return _passages(request, found, agreeing=True)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def withdraw(request: Request, interview_id: int) -> HttpResponse:
    """Delete an interview whose people took back their consent."""
    found = access.interview_to_see(request, interview_id)
    form = WithdrawInterviewForm(posted(request))
    if carried_out(
        form,
        lambda _told: operations.withdraw_interview(interview_id=found.pk, at=request.now, actor=user_of(request)),
    ):
        messages.success(request, _("The interview and everything coded in it have been deleted."))
        return redirect("needs:interviews")
    title = _("Delete the interview")
    back = (reverse("needs:interview", args=(found.pk,)), _("Interview"))
    text = _("For when somebody takes back their consent. The text, its passages and codes are deleted for good.")
    return form_page(request, form, title=title, button=title, back=back, text=text, danger=True)


def _passages(request: Request, found: access.TheInterview, *, agreeing: bool) -> HttpResponse:
    """A page of passages with a form each; all of the page is written, or nothing.

    The page says which passages it shows (`seen`): if they were joined or split since, nothing is written.
    """
    page = page_of(request, queries.passages_of(found.pk), per_page=PASSAGES)
    passages = list(page.object_list)
    seen = " ".join(f"{passage.pk}-{passage.end}" for passage in passages)
    if request.method == "POST" and request.POST.get("seen", "") != seen:
        messages.error(request, str(PassagesChanged()))
        return redirect(request.get_full_path())
    rows = _rows(request, found, passages, agreeing=agreeing)
    faults = sum(not row.form.is_valid() for row in rows)  # every form is looked at, for all its errors
    if request.method == "POST" and not faults:
        heard = {
            passage.pk: operations.Heard(row.form.competence_ids(), row.form.cleaned_data["kind"], passage.end)
            for passage, row in zip(passages, rows, strict=True)
        }
        write = operations.agree_on_passages if agreeing else operations.code_passages
        try:
            write(interview_id=found.pk, heard=heard, at=request.now, actor=user_of(request))
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())
        messages.success(request, _("The passages have been saved."))
        if page.has_next():
            return redirect(f"{request.path}?page={page.next_page_number()}")
        return redirect("needs:interview", found.pk)
    context = {"interview": found, "page": page, "rows": rows, "agreeing": agreeing, "seen": seen}
    faulty = any(row.form.errors for row in rows)
    return render(request, "needs/passages.html", context, status=REFUSED if faulty else None)


def _rows(
    request: Request, found: access.TheInterview, passages: Sequence[access.APassage], *, agreeing: bool
) -> list[Row]:
    competences = framework.competences(found.framework_id)
    by_code = {item.code: item for item in competences}
    by_id = {item.id: item for item in competences}
    said = queries.said_of([passage.pk for passage in passages])
    me = None if agreeing else user_of(request).pk
    rows = []
    for passage in passages:
        text = found.text[passage.start : passage.end]
        suggested = queries.suggest_codes(text) if found.framework.version == SUGGESTED_IN else []
        mine = next((one for one in said[passage.pk] if one.coder_id == me), None)
        others = [one for one in said[passage.pk] if one.coder_id is not None] if agreeing else []
        heard = mine.competence_ids if mine else _common(others)
        offered = {by_code[one.code].id for one in suggested} | heard
        offered |= {competence_id for one in others for competence_id in one.competence_ids}
        form = PassageForm(
            posted(request),
            prefix=f"passage-{passage.pk}",
            offered=[(item.id, f"{item.code} {item.name}") for item in competences if item.id in offered],
            competences=competences,
            heard=heard,
            kind=mine.kind if mine else next((one.kind for one in others if one.kind), ""),
        )
        because = tuple(f"{one.code}: {', '.join(one.because)}" for one in suggested)
        told = tuple(
            f"{one.coder}: {', '.join(sorted(by_id[pk].code for pk in one.competence_ids)) or '–'}" for one in others
        )
        rows.append(Row(text, form, because, told))
    return rows


def _common(others: Iterable[queries.Said]) -> frozenset[int]:
    """What all coders heard."""
    heard = [one.competence_ids for one in others]
    return frozenset.intersection(*heard) if heard else frozenset()
