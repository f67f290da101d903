"""Pages for interviews: what was said, what each coder heard in it, and what they agreed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.framework import queries as framework
from kazipot.needs import access, operations, queries
from kazipot.needs.forms import InterviewForm, PassageForm, WithdrawInterviewForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]
PASSAGES = 10
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
    """Every interview, and what was heard in those of this year."""
    active = framework.active_framework(request.today)
    heard = queries.heard_by_competence(request.today.year)
    competences = framework.competences(active.pk) if active else []
    context = {
        "page": page_of(request, queries.interviews()),
        "year": request.today.year,
        "heard": [(item, heard[item.id]) for item in competences if item.id in heard],
    }
    return render(request, "needs/interviews.html", context)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def new_interview(request: Request) -> HttpResponse:
    """Record an interview."""
    form = InterviewForm(posted(request), units=organisation.units_on(request.today), today=request.today)
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
                at=request.now,
                actor=user_of(request),
            ).pk
        ),
    ):
        messages.success(request, _("The interview has been recorded. Now code it."))
        return redirect("needs:interview", made[0])
    back = (reverse("needs:interviews"), _("Interviews"))
    text = _(
        "Guide: What do you use at work every day? What takes too long or goes wrong? What would you like to be able "
        "to do? What keeps you from learning it? What works well and could help others?"
    )
    return form_page(
        request, form, title=_("Record an interview"), button=_("Record the interview"), back=back, text=text
    )


@require_GET
@requires("needs.interview")
def interview(request: Request, interview_id: int) -> HttpResponse:
    """An interview, how far its coding is, and how well the coders agree."""
    found = access.interview_to_see(request, interview_id)
    context = {"interview": found, "reliability": queries.reliability(found.pk)}
    return render(request, "needs/interview.html", context)


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
    """A page of passages with a form each; all of the page is written, or nothing."""
    page = page_of(request, queries.passages_of(found.pk), per_page=PASSAGES)
    passages = list(page.object_list)
    rows = _rows(request, found, passages, agreeing=agreeing)
    faults = sum(not row.form.is_valid() for row in rows)  # every form is looked at, for all its errors
    if request.method == "POST" and not faults:
        heard = {
            passage.pk: operations.Heard(row.form.competence_ids(), row.form.cleaned_data["kind"])
            for passage, row in zip(passages, rows, strict=True)
        }
        write = operations.agree_on_passages if agreeing else operations.code_passages
        write(interview_id=found.pk, heard=heard, at=request.now, actor=user_of(request))
        messages.success(request, _("The passages have been saved."))
        if page.has_next():
            return redirect(f"{request.path}?page={page.next_page_number()}")
        return redirect("needs:interview", found.pk)
    context = {"interview": found, "page": page, "rows": rows, "agreeing": agreeing}
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
