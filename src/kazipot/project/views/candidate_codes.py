"""A candidate gets a code for the test of digital security: the candidate is hiring's, the test is verification's."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kazipot.foundation.tokens import spaced
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.hiring.access import candidate_for
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import operations


@require_http_methods(["GET", "POST"])
@never_cache
@requires("hiring.change")
def give(request: Request, candidate_id: int) -> HttpResponse:
    """Make a code for a candidate; it is shown once."""
    found = candidate_for(request, "hiring.change", candidate_id)
    form = Form(posted(request))
    made: list[str] = []

    def make(_told: object) -> None:
        made.append(
            operations.make_candidate_code(
                candidate_id=found.pk, today=request.today, at=request.now, actor=user_of(request)
            )
        )

    if carried_out(form, make):
        context = {
            "candidate": found,
            "code": spaced(made[0]),
            "address": request.build_absolute_uri(reverse("verification:enter")),
            "until": request.today + operations.CODE_LASTS,
        }
        return render(request, "project/candidate_code.html", context)
    title = _("Test of digital security: candidate %(number)s") % {"number": found.number}
    text = _(
        "The candidate takes the test on any device with a code, without an account and without a name. The "
        "commission sees the number and the result. An earlier code stops being valid."
    )
    back = (reverse("hiring:candidates", args=[found.posting_id]), _("Candidates"))
    return form_page(request, form, title=title, text=text, button=_("Make a code"), back=back)
