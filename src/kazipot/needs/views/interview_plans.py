"""Pages for planning interviews and inviting to them. Names of the people invited are shown once and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.needs import access, operations, queries
from kazipot.needs.forms import CancelInterviewForm, InviteForm, PlanInterviewForm, RescheduleForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, may_see_name, requires, user_of

GET_AND_POST = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed invitation: to whom (as far as the reader may know), in which language, and what it says."""

    to: str
    language: str
    subject: str
    body: str


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def plan_interview(request: Request) -> HttpResponse:
    """Plan an interview."""
    user = user_of(request)
    contact = " ".join(part for part in (user.get_full_name(), user.email) if part)
    units = organisation.units_on(request.today)
    form = PlanInterviewForm(posted(request), units=units, today=request.today, contact=contact)
    made: list[int] = []
    if carried_out(
        form,
        lambda told: made.append(
            operations.plan_interview(
                unit_id=told["unit"],
                starts_at=form.starts_at(),
                minutes=told["minutes"],
                place=told["place"],
                form=told["form"],
                people=told["people"],
                language=told["language"],
                contact=told["contact"],
                at=request.now,
                actor=user,
            ).pk
        ),
    ):
        messages.success(request, _("The interview has been planned. Now invite the people."))
        return redirect("needs:planned-interview", made[0])
    title = _("Plan an interview")
    return form_page(request, form, title=title, button=title, back=(reverse("needs:interviews"), _("Interviews")))


@require_GET
@requires("needs.interview")
def planned_interview(request: Request, plan_id: int) -> HttpResponse:
    """A planned interview: what is to be done next, and what the invitation says."""
    plan = access.plan_to_see(request, plan_id)
    subject, body = operations.invitation_text(plan, access.language_to_print(request), on_behalf=False)
    context = {
        "plan": plan,
        "interview_id": queries.interview_of_plan(plan.pk),
        "subject": subject,
        "body": body,
    }
    return render(request, "needs/planned_interview.html", context)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def invite(request: Request, plan_id: int) -> HttpResponse:
    """Invite people; letters for those without an e-mail address are shown once, to be printed."""
    plan = access.plan_to_see(request, plan_id)
    form = InviteForm(posted(request))
    letters: list[operations.InterviewLetter] = []

    def send(who: str, called: Sequence[str]) -> None:
        if who == InviteForm.HEAD:
            letters.extend(operations.ask_head(plan_id=plan.pk, at=request.now, actor=user_of(request)))
        else:
            made = operations.invite_people(plan_id=plan.pk, called=called, at=request.now, actor=user_of(request))
            letters.extend(made)

    if carried_out(form, lambda told: send(told["who"], told["called"])):
        if letters:
            return _letters(request, plan, [_printed(request, letter) for letter in letters], once=True)
        messages.success(request, _("The invitations are on their way by e-mail."))
        return redirect("needs:planned-interview", plan.pk)
    back = (reverse("needs:planned-interview", args=[plan.pk]), _("Planned interview"))
    text = _(
        "Those with an e-mail address get a mail; for the others you get invitations to print. Only the number of "
        "people invited is kept, so that nobody can tell later who was asked."
    )
    return form_page(request, form, title=_("Invite to the interview"), button=_("Invite"), back=back, text=text)


@require_GET
@requires("needs.interview")
def print_invitation(request: Request, plan_id: int) -> HttpResponse:
    """The invitation on paper, without a name."""
    plan = access.plan_to_see(request, plan_id)
    language = access.language_to_print(request)
    subject, body = operations.invitation_text(plan, language, on_behalf=False)
    return _letters(request, plan, [Printed("", language, subject, body)], once=False)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def reschedule(request: Request, plan_id: int) -> HttpResponse:
    """Hold a planned interview at another time or place."""
    plan = access.plan_to_see(request, plan_id)
    form = RescheduleForm(posted(request), starts_at=plan.starts_at, minutes=plan.minutes, place=plan.place)
    if carried_out(
        form,
        lambda told: operations.reschedule_interview(
            plan_id=plan.pk,
            starts_at=form.starts_at(),
            minutes=told["minutes"],
            place=told["place"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The interview has been rescheduled."))
        return redirect("needs:planned-interview", plan.pk)
    title = _("Reschedule the interview")
    back = (reverse("needs:planned-interview", args=[plan.pk]), _("Planned interview"))
    text = _(
        "Who was invited is not kept. The head of the unit gets a mail with the new time and place and is asked to "
        "tell the people. Tell those whom you invited yourself."
    )
    return form_page(request, form, title=title, button=_("Save"), back=back, text=text)


@require_http_methods(GET_AND_POST)
@requires("needs.interview")
def cancel(request: Request, plan_id: int) -> HttpResponse:
    """Cancel a planned interview."""
    plan = access.plan_to_see(request, plan_id)
    form = CancelInterviewForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.cancel_interview(
            plan_id=plan.pk, reason=told["reason"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The interview has been cancelled."))
        return redirect("needs:interviews")
    title = _("Cancel the interview")
    back = (reverse("needs:planned-interview", args=[plan.pk]), _("Planned interview"))
    text = _(
        "Who was invited is not kept. The head of the unit gets a mail with the reason and is asked to tell the "
        "people. Tell those whom you invited yourself."
    )
    return form_page(request, form, title=title, button=title, back=back, text=text, danger=True)


def _printed(request: Request, letter: operations.InterviewLetter) -> Printed:
    """A letter with the name, if the reader may see it; otherwise with the number by which it was asked for."""
    to = ""
    if letter.employer_id is not None and letter.unit_id is not None:
        known = may_see_name(request.actor, employer_id=letter.employer_id, unit_id=letter.unit_id)
        to = letter.name if known else _("Personnel number %(number)s") % {"number": letter.called}
    return Printed(to, letter.language, letter.subject, letter.body)


def _letters(request: Request, plan: access.APlan, letters: Sequence[Printed], *, once: bool) -> HttpResponse:
    """Letters to print; `once`: the page can't be opened again."""
    told = ngettext(
        "%(letters)d invitation must be printed. Print this page now: it cannot be shown again.",
        "%(letters)d invitations must be printed. Print this page now: they cannot be shown again.",
        len(letters),
    ) % {"letters": len(letters)}
    context = {"plan": plan, "letters": letters, "told": told if once else ""}
    return render(request, "needs/interview_letters.html", context)
