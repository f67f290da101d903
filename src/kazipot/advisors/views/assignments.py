"""Tasks, hand-overs and the path for new advisors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.errors import UnknownStep
from kazipot.advisors.forms import AssignForm, FinishForm
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("advisors.meet")
def tasks(request: Request) -> HttpResponse:
    """My tasks; for the Service, every task and how far it has come."""
    person = request.actor.person
    service = access.is_service(request)
    context = {
        "mine": queries.shares_held_by(person.pk)[:50] if person else (),
        "page": page_of(request, queries.assignments() if service else ()),
        "service": service,
        "today": request.today,
    }
    return render(request, "advisors/tasks.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def give_task(request: Request) -> HttpResponse:
    """Give advisors a task."""
    units = [row.unit for row in queries.directory(request.today)]
    form = AssignForm(posted(request), units=units)
    if carried_out(
        form,
        lambda told: operations.give_assignment(
            title=told["title"], text=told["text"], due_on=told["due_on"], unit_ids=told["units"],
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("The task has been given."))
        return redirect("advisors:tasks")
    back = (reverse("advisors:tasks"), _("Tasks"))
    return form_page(request, form, title=_("Give a task"), button=_("Give the task"), back=back)


@require_GET
@requires("advisors.lead")
def task(request: Request, assignment_id: int) -> HttpResponse:
    """Who has done a task and who hasn't."""
    found = access.assignment_to_see(assignment_id)
    context = {"assignment": found, "page": page_of(request, queries.shares_of(found.pk)), "today": request.today}
    return render(request, "advisors/task.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.meet")
def finish_task(request: Request, share_id: int) -> HttpResponse:
    """Say that one's share is done."""
    found = access.share_to_finish(request, share_id)
    form = FinishForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.finish_share(
            share_id=found.pk, note=told["note"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:tasks")
    back = (reverse("advisors:tasks"), _("Tasks"))
    return form_page(
        request, form, title=_("The task is done"), button=_("Save"), back=back, lead=found.assignment.title,
        text=found.assignment.text,
    )  # fmt: skip


@require_GET
@requires("advisors.meet")
def handover(request: Request, handover_id: int) -> HttpResponse:
    """What was open when somebody else took over."""
    found = access.handover_to_see(request, handover_id)
    context = {
        "handover": found,
        "threads": queries.threads_by_id(found.thread_ids),
        "shares": queries.shares_by_id(found.share_ids),
        "notes": queries.notes().filter(unit_id=found.unit_id)[:5],
    }
    return render(request, "advisors/handover.html", context)


@require_GET
@requires("advisors.advise")
def path(request: Request) -> HttpResponse:
    """The path for new advisors."""
    person = access.me(request)
    steps = queries.path_of(person.pk, on=request.today)
    context = {"steps": steps, "done": sum(step.done_at is not None for step in steps), "today": request.today}
    return render(request, "advisors/path.html", context)


@require_http_methods(["POST"])
@requires("advisors.advise")
def tick_step(request: Request, step: str) -> HttpResponse:
    """A step is done, or not yet after all."""
    person = access.me(request)
    try:
        operations.tick_step(
            person_id=person.pk, step=step, done=request.POST.get("done") == "1", at=request.now,
            actor=user_of(request),
        )  # fmt: skip
    except UnknownStep as error:
        messages.error(request, str(error))
    return redirect("advisors:path")
