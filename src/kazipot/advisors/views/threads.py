"""Questions and answers; what the Service tells all advisors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.forms import AnnounceForm, AnswerForm, AskForm, PassOnForm
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]
SERVICE = "service"


@require_GET
@requires("advisors.contact")
def threads(request: Request) -> HttpResponse:
    """My questions, those to me, and for the Service those to it."""
    person = request.actor.person
    rows = queries.threads_of(person.pk if person else None, service=access.is_service(request))
    context = {"page": page_of(request, rows), "me": person.pk if person else None, "may_ask": person is not None}
    return render(request, "advisors/threads.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.contact")
def thread(request: Request, thread_id: int) -> HttpResponse:
    """A thread, and the next message of it."""
    found = access.thread_to_see(request, thread_id)
    asked = access.is_asker(request, found)
    author_id = found.asker_id if asked else found.holder_id
    form = AnswerForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.answer(
            thread_id=found.pk, author_id=author_id, text=told["text"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("Your message has been sent."))
        return redirect("advisors:thread", found.pk)
    context = {
        "thread": found,
        "page": page_of(request, queries.messages_of(found.pk)),
        "form": form,
        "may_pass_on": not asked and found.closed_at is None and found.unit_id is not None,
    }
    return render(request, "advisors/thread.html", context, status=REFUSED if form.errors else None)


@require_http_methods(GET_AND_POST)
@requires("advisors.contact")
def ask(request: Request) -> HttpResponse:
    """Ask one's advisor, or the Service."""
    person = access.me(request)
    places: dict[str, tuple[int | None, int | None]] = {}
    offered: list[tuple[str, str]] = []
    for contact in queries.contacts_of(person, on=request.today):
        for advisor in contact.advisors:
            if advisor.person_key != person.key and contact.by is not None:
                key = f"{contact.by.id}-{advisor.appointment_id}"
                places[key] = (contact.by.id, advisor.person_id)
                offered.append((key, f"{advisor.person_name} ({contact.by.name})"))
        if not contact.advisors:
            places[f"{contact.unit.id}-"] = (contact.unit.id, None)
            offered.append((f"{contact.unit.id}-", _("Digitalisation Service, for %(unit)s")
                            % {"unit": contact.unit.name}))  # fmt: skip
    places[SERVICE] = (None, None)
    offered.append((SERVICE, _("Digitalisation Service")))
    form = AskForm(posted(request), whom=offered)
    if carried_out(
        form,
        lambda told: operations.ask(
            asker_id=person.pk, unit_id=places[told["whom"]][0], holder_id=places[told["whom"]][1],
            subject=told["subject"], text=told["text"], at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("Your question has been sent."))
        return redirect("advisors:threads")
    back = (reverse("advisors:threads"), _("Questions and answers"))
    text = _("Only you and whoever answers read it. The answer comes here, and by e-mail if you have an address.")
    return form_page(request, form, title=_("Ask a question"), button=_("Send"), back=back, text=text)


@require_http_methods(GET_AND_POST)
@requires("advisors.contact")
def pass_on(request: Request, thread_id: int) -> HttpResponse:
    """Give a question to somebody else who advises the unit, or to the Service."""
    found = access.thread_to_pass_on(request, thread_id)
    others = [
        (row.person_id, row.person_name)
        for role in AppointmentRole
        for row in queries.advisors_of(found.unit_id or 0, on=request.today, role=role)
        if row.person_id not in (found.asker_id, found.holder_id)
    ]
    form = PassOnForm(posted(request), others=others)
    if carried_out(
        form,
        lambda told: operations.pass_on(
            thread_id=found.pk, holder_id=told["holder"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The question has been passed on."))
        return redirect("advisors:threads")
    back = (reverse("advisors:thread", args=[found.pk]), found.subject)
    text = _("Who gets it reads the whole thread; you do not read it any more.")
    return form_page(request, form, title=_("Pass the question on"), button=_("Pass on"), back=back, text=text)


@require_http_methods(["POST"])
@requires("advisors.contact")
def close_thread(request: Request, thread_id: int) -> HttpResponse:
    """Nothing more is to be said."""
    found = access.thread_to_see(request, thread_id)
    operations.close_thread(thread_id=found.pk, at=request.now, actor=user_of(request))
    return redirect("advisors:threads")


@require_GET
@requires("advisors.meet")
def announcements(request: Request) -> HttpResponse:
    """What the Service told all advisors."""
    context = {
        "page": page_of(request, queries.announcements(), per_page=10),
        "may_announce": access.is_service(request),
    }
    return render(request, "advisors/announcements.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def announce(request: Request) -> HttpResponse:
    """Tell all advisors something."""
    form = AnnounceForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.announce(
            subject=told["subject"], text=told["text"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The announcement has been sent to the advisors."))
        return redirect("advisors:announcements")
    back = (reverse("advisors:announcements"), _("Announcements"))
    return form_page(request, form, title=_("Tell all advisors"), button=_("Send"), back=back)
