"""Who is told what, before it is sent; whom mail doesn't reach; addresses from which mail came back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, imports, operations, queries
from kazipot.verification.forms import BounceForm
from kazipot.verification.views.listing import Action, table_page

GET_AND_POST = ["GET", "POST"]
MESSAGE_BYTES = 1_000_000


def _duties() -> tuple[str, str]:
    return reverse("verification:duties"), _("Digital security: who is due")


@require_GET
@requires("verification.run")
def notices(request: Request) -> HttpResponse:
    """Who would be told what today: everybody once about each day, in one mail."""
    rows = queries.to_tell(request.today)
    page = page_of(request, rows)
    context = {
        "page": page,
        "table": [
            (access.name_of(request, row.person, row.employer_id), row.kind.label, day(row.about_on), bool(row.email))
            for row in page.object_list
        ],
        "mails": sum(bool(row.email) for row in rows),
        "paper": sum(not row.email for row in rows),
    }
    return render(request, "verification/notices.html", context)


@require_POST
@requires("verification.run")
def send(request: Request) -> HttpResponse:
    """Send today's notices now instead of waiting for the worker."""
    sent = operations.send_notices(at=request.now, actor=user_of(request))
    text = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", sent)
    messages.success(request, text % {"count": sent})
    return redirect("verification:notices")


@require_GET
@requires("verification.see_unreached")
def unreached(request: Request) -> HttpResponse:
    """People whom mail doesn't reach: for the advisor who can ask them for an address, or hand them a slip."""
    reach = request.actor.reach("verification.see_unreached")
    may = request.actor.may("verification.run")
    actions = [
        Action(_("Mail came back"), reverse("verification:bounce")),
        Action(_("Addresses from which mail came back"), reverse("verification:bounces")),
    ]
    return table_page(
        request,
        queries.unreached(request.today, reach),
        lambda row: [
            row.person.name, row.unit.name if row.unit else "–",
            _("mail came back") if row.bounced else _("no address"),
        ],
        title=_("Whom mail does not reach"),
        lead=_("Ask them for an address that works and tell human resources, or hand them a slip."),
        headings=[_("Person"), _("Unit"), _("Why")],
        empty=_("Mail reaches everybody within your reach."),
        actions=actions if may else [],
        back=_duties() if request.actor.may("verification.see_duties") else None,
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("verification.run")
def bounce(request: Request) -> HttpResponse:
    """Mark an address from which mail came back: typed, or taken from the message."""
    form = BounceForm(posted(request), request.FILES or None)
    new: list[int] = []

    def write(told: Mapping[str, Any]) -> None:
        found = [(told["email"], _("told by a person"))] if told["email"] else []
        if told["file"]:
            found.extend((row.email, row.reason) for row in imports.read_bounces(told["file"].read(MESSAGE_BYTES)))
        if not found:
            raise DomainError(_("Type an address, or choose a message that tells of a permanent failure."))
        new.append(operations.note_bounces(bounced=found, at=request.now, actor=user_of(request)))

    if carried_out(form, write):
        text = ngettext("%(count)s address has been marked.", "%(count)s addresses have been marked.", new[0])
        messages.success(request, text % {"count": new[0]})
        return redirect("verification:bounces")
    back = (reverse("verification:bounces"), _("Addresses from which mail came back"))
    text = _(
        "Until the roster brings another address, the person is invited on paper and stands on the advisor's list."
    )
    return form_page(request, form, title=_("Mail came back"), button=_("Mark the address"), back=back, text=text)


@require_GET
@requires("verification.run")
def bounces(request: Request) -> HttpResponse:
    """Addresses from which mail came back."""
    page = page_of(request, queries.bounces())
    return render(request, "verification/bounces.html", {"page": page})


@require_POST
@requires("verification.run")
def works_again(request: Request, bounce_id: int) -> HttpResponse:
    """The address works again."""
    operations.forget_bounce(bounce_id=bounce_id, at=request.now, actor=user_of(request))
    messages.success(request, _("Mail goes to the address again."))
    return redirect("verification:bounces")
