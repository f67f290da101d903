"""A plan is published: its seats are offered."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations
from kazipot.training.forms.running import PublishForm


@require_http_methods(["GET", "POST"])
@requires("training.plan")
def publish(request: Request, plan_id: int) -> HttpResponse:
    """Offer the plan's seats: looked through first, then carried out."""
    found = access.plan_to_see(plan_id)
    form = PublishForm(posted(request))
    made: list[operations.Published] = []

    def carry_out(_told: Mapping[str, Any]) -> None:
        made.append(operations.publish_plan(plan_id=found.pk, at=request.now, actor=user_of(request)))

    if carried_out(form, carry_out):
        text = ngettext("%(n)s seat has been offered.", "%(n)s seats have been offered.", made[0].offered)
        messages.success(request, text % {"n": made[0].offered})
        if made[0].left_out:
            text = ngettext(
                "%(n)s planned seat could no longer be offered as planned; it goes to whoever is next in line.",
                "%(n)s planned seats could no longer be offered as planned; they go to whoever is next in line.",
                made[0].left_out,
            )
            messages.warning(request, text % {"n": made[0].left_out})
        return redirect("training:plan", found.pk)
    text = _(
        "Everybody with a seat in the plan gets a personal offer now, by mail or on a slip, and everybody sees under "
        "“My training” why they did or did not get one. Published offers are not taken back."
    )
    title = _("Publish the plan")
    back = (reverse("training:plan", args=(found.pk,)), _("Training plan for %(year)s") % {"year": found.year})
    return form_page(request, form, title=title, button=title, back=back, text=text)
