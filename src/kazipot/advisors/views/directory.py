"""Who is my advisor?"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kazipot.advisors import queries
from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires


@require_GET
@requires("advisors.find_own")
def own(request: Request) -> HttpResponse:
    """My digital advisor, with how to reach them; and what waits for my own yes."""
    person = request.actor.person
    if person is None:
        raise Http404
    context = {
        "contacts": queries.contacts_of(person, on=request.today),
        "nominations": queries.nominations_to_answer(person.pk),
    }
    return render(request, "advisors/own.html", context)


@require_GET
@requires("advisors.see")
def directory(request: Request) -> HttpResponse:
    """All advisors by unit, searched by name or unit."""
    search = request.GET.get("q", "")[:200]
    context = {"page": page_of(request, queries.directory(request.today, search=search)), "q": search}
    return render(request, "advisors/directory.html", context)
