"""Nominations: proposed by the head, answered by the nominee, confirmed by the Service."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.choices import NominationState
from kazipot.advisors.forms import AgreeForm, BecauseForm, ConfirmForm, NominateForm
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("advisors.nominate")
def nominations(request: Request) -> HttpResponse:
    """Nominations within reach, open ones first."""
    rows = queries.nominations(request.actor.reach("advisors.nominate"))
    return render(request, "advisors/nominations.html", {"page": page_of(request, rows)})


@require_http_methods(GET_AND_POST)
@requires("advisors.nominate")
def nominate(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """Propose an advisor for a unit."""
    unit = access.unit_to_nominate_for(request, employer_code, unit_code)
    people = queries.candidates(unit.employer_id, on=request.today, prefer_unit_id=unit.id)
    holders = [
        *queries.advisors_of(unit.id, on=request.today),
        *queries.advisors_of(unit.id, on=request.today, role=access.DEPUTY),
    ]
    form = NominateForm(posted(request), people=people, holders=holders, today=request.today)
    if carried_out(
        form,
        lambda told: operations.nominate(
            unit_id=unit.id, person_id=told["person"], first_day=told["first_day"], role=told["role"],
            note=told["note"], trained=told["trained"], agreed_how=told["agreed_how"], replaces_id=told["replaces"],
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("The nomination has been sent."))
        return redirect("advisors:unit", employer_code, unit_code)
    back = (reverse("advisors:unit", args=(employer_code, unit_code)), unit.name)
    title = _("Propose a digital advisor")
    return form_page(request, form, title=title, button=_("Propose"), back=back, lead=unit.name)


@require_GET
@requires("advisors.see")
def nomination(request: Request, nomination_id: int) -> HttpResponse:
    """One nomination: what the Service looks at, and what can be done."""
    found = access.nomination_to_see(request, nomination_id)
    person = request.actor.person
    place = {"employer_id": found.unit.employer_id, "unit_id": found.unit_id}
    is_open = found.state in {NominationState.PROPOSED, NominationState.AGREED}
    context = {
        "nomination": found,
        "unit": access.unit_to_see(request, found.unit.employer.code, found.unit.code),
        "checks": queries.checks(found) if is_open else (),
        "is_open": is_open,
        "mine": person is not None and found.person_id == person.pk and found.state == NominationState.PROPOSED,
        "may_change": is_open and request.actor.reach("advisors.nominate").covers(**place),
        "may_decide": found.state == NominationState.AGREED and request.actor.reach("advisors.appoint").covers(**place),
        "waits_for_nominee": found.state == NominationState.PROPOSED,
    }
    return render(request, "advisors/nomination.html", context)


@require_http_methods(["POST"])
@requires("advisors.answer_nomination")
def accept(request: Request, nomination_id: int) -> HttpResponse:
    """The nominee says yes."""
    found = access.nomination_to_answer(request, nomination_id)
    operations.agree(nomination_id=found.pk, how=_("in the programme"), at=request.now, actor=user_of(request))
    messages.success(request, _("Thank you. The Digitalisation Service now confirms your nomination."))
    return redirect("advisors:nomination", found.pk)


@require_http_methods(GET_AND_POST)
@requires("advisors.answer_nomination")
def decline(request: Request, nomination_id: int) -> HttpResponse:
    """The nominee says no."""
    found = access.nomination_to_answer(request, nomination_id)
    return _closing(request, found, NominationState.DECLINED, title=_("Decline the nomination"))


@require_http_methods(GET_AND_POST)
@requires("advisors.nominate")
def note_agreement(request: Request, nomination_id: int) -> HttpResponse:
    """The head writes down how somebody without an account agreed."""
    found = access.nomination_to_change(request, nomination_id)
    form = AgreeForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.agree(nomination_id=found.pk, how=told["how"], at=request.now, actor=user_of(request)),
    ):
        return redirect("advisors:nomination", found.pk)
    title = _("Write down the agreement")
    return form_page(request, form, title=title, button=_("Save"), back=_back(found), lead=found.person.name)


@require_http_methods(GET_AND_POST)
@requires("advisors.nominate")
def withdraw(request: Request, nomination_id: int) -> HttpResponse:
    """The head takes the nomination back."""
    found = access.nomination_to_change(request, nomination_id)
    return _closing(request, found, NominationState.WITHDRAWN, title=_("Withdraw the nomination"))


@require_http_methods(GET_AND_POST)
@requires("advisors.appoint")
def refuse(request: Request, nomination_id: int) -> HttpResponse:
    """The Service refuses."""
    found = access.nomination_to_decide(request, nomination_id)
    return _closing(request, found, NominationState.REFUSED, title=_("Refuse the nomination"))


def _closing(request: Request, found: access.UnitNomination, state: NominationState, *, title: str) -> HttpResponse:
    form = BecauseForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.close(
            nomination_id=found.pk, state=state, because=told["because"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:nomination", found.pk)
    return form_page(request, form, title=title, button=title, back=_back(found), lead=found.person.name)


@require_http_methods(GET_AND_POST)
@requires("advisors.appoint")
def confirm(request: Request, nomination_id: int) -> HttpResponse:
    """The Service confirms: the person is appointed and the decision issued."""
    found = access.nomination_to_decide(request, nomination_id)
    form = ConfirmForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.confirm(
            nomination_id=found.pk, decision_reference=told["decision_reference"],
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("The advisor has been appointed."))
        return redirect("advisors:nomination", found.pk)
    title = _("Confirm the nomination")
    text = _("The decision is issued at once; you can then print it. If the first day has passed, it becomes today.")
    return form_page(
        request, form, title=title, button=_("Confirm"), back=_back(found), lead=found.person.name, text=text
    )


def _back(found: access.UnitNomination) -> tuple[str, str]:
    return reverse("advisors:nomination", args=[found.pk]), _("Nomination")
