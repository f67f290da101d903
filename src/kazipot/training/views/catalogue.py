"""What can be learnt, and from whom."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.framework import queries as framework
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import operations, queries
from kazipot.training.forms import CourseForm, ProviderForm

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("training.see_catalogue")
def providers(request: Request) -> HttpResponse:
    """Who gives training."""
    context = {
        "page": page_of(request, queries.providers()),
        "may_see_supply": request.actor.may("training.see_supply"),
        "may_change": request.actor.may("training.change_catalogue"),
    }
    return render(request, "training/providers.html", context)


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def new_provider(request: Request) -> HttpResponse:
    """Somebody else gives training."""
    form = ProviderForm(posted(request))
    if carried_out(form, lambda told: operations.add_provider(**told, at=request.now, actor=user_of(request))):
        messages.success(request, _("The provider has been added."))
        return redirect("training:providers")
    back = (reverse("training:providers"), _("Providers"))
    return form_page(request, form, title=_("Add a provider"), button=_("Add the provider"), back=back)


@require_GET
@requires("training.see_catalogue")
def courses(request: Request) -> HttpResponse:
    """What can be learnt, and from whom."""
    context = {
        "page": page_of(request, queries.courses()),
        "may_change": request.actor.may("training.change_catalogue"),
    }
    return render(request, "training/courses.html", context)


@require_GET
@requires("training.see_catalogue")
def course(request: Request, code: str) -> HttpResponse:
    """A course: what it teaches and when it takes place."""
    found = queries.course_by_code(code)
    if found is None:
        raise Http404
    context = {
        "course": found,
        "taught": queries.taught(found.pk),
        "page": page_of(request, queries.sessions().filter(course=found)),
        "may_change": request.actor.may("training.change_catalogue"),
        **_waiting(request, found.pk),
    }
    return render(request, "training/course.html", context)


def _waiting(request: Request, course_id: int) -> dict[str, Any]:
    """How many wait for a seat (a few only for those who plan), and whether I do."""
    number = queries.demand_gathered([course_id]).get(course_id, 0)
    person, told = request.actor.person, number >= queries.SMALL_UNIT or request.actor.may("training.change_catalogue")
    return {
        "waiting": number if told else None,
        "is_employee": request.actor.may("training.see_own"),
        "on_list": person is not None and queries.entries_of(person.pk).filter(course_id=course_id).exists(),
    }


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def new_course(request: Request) -> HttpResponse:
    """A course comes into the catalogue, in competences of the framework that is active today."""
    active = framework.active_framework(request.today)
    competences = framework.competences(active.pk) if active else []
    form = CourseForm(posted(request), providers=queries.providers(), competences=competences)

    def add(told: Mapping[str, Any]) -> None:
        operations.add_course(
            code=told["code"],
            provider_id=told["provider"],
            framework_id=active.pk if active else 0,
            title_sl=told["title_sl"],
            title_en=told["title_en"],
            is_digital_security=told["is_digital_security"],
            competences=[operations.CourseSpan(pk, told["from_level"], told["to_level"]) for pk in told["competences"]],
            mode=told["mode"],
            language=told["language"],
            hours=told["hours"],
            prerequisites=told["prerequisites"],
            accessibility=told["accessibility"],
            at=request.now,
            actor=user_of(request),
        )

    if carried_out(form, add):
        messages.success(request, _("The course has been added. Now plan its sessions."))
        return redirect("training:course", form.cleaned_data["code"])
    back = (reverse("training:courses"), _("Courses"))
    return form_page(request, form, title=_("Add a course"), button=_("Add the course"), back=back)
