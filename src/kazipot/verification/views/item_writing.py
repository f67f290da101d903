"""Items are written by a form, submitted and reviewed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazipot.core.items.lint import findings_of
from kazipot.core.items.presentation import shown
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, operations, queries
from kazipot.verification.errors import as_problem
from kazipot.verification.forms import ItemForm, PictureForm, ReasonForm, ReviewForm
from kazipot.verification.views.items import areas_of, back_to_bank

GET_AND_POST = ["GET", "POST"]
CAPABILITY = "verification.write_items"


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def new(request: Request) -> HttpResponse:
    """A new item with one or several right answers, an order or a match."""
    form = ItemForm(posted(request), areas=areas_of(request))
    made: list[int] = []

    def write(told: Mapping[str, Any]) -> None:
        version = operations.write_item(
            definition=form.definition(), reason=told["reason"], at=request.now, actor=user_of(request)
        )
        made.append(version.pk)

    if carried_out(form, write):
        messages.success(request, _("The draft has been saved. Look at it as people will see it."))
        return redirect("verification:item", made[0])
    text = _(
        "Fill in as many answers as you need. Places to find in a message or picture, and stories with several "
        "questions, are written as YAML; there are examples to begin with."
    )
    title = _("Write an item")
    return form_page(request, form, title=title, button=_("Save the draft"), back=back_to_bank(), text=text)


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def edit(request: Request, version_id: int) -> HttpResponse:
    """Change a draft by the form."""
    version = access.draft_for(request, version_id)
    form = ItemForm(posted(request), areas=areas_of(request), item=queries.definition_of(version.pk))

    def write(told: Mapping[str, Any]) -> None:
        operations.write_draft(
            version_id=version.pk, definition=form.definition(), reason=told["reason"], at=request.now,
            actor=user_of(request),
        )  # fmt: skip

    if carried_out(form, write):
        messages.success(request, _("The draft has been saved. Look at it as people will see it."))
        return redirect("verification:item", version.pk)
    title = _("Change %(item)s") % {"item": version.item.key}
    return form_page(request, form, title=title, button=_("Save the draft"), back=back_to(version))


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def submit(request: Request, version_id: int) -> HttpResponse:
    """A draft goes to its reviewers; what might give the key away is said before."""
    version = access.draft_for(request, version_id)
    form = ReasonForm(posted(request))

    def send(told: Mapping[str, Any]) -> None:
        operations.submit_for_review(
            version_id=version.pk, reason=told["reason"], at=request.now, actor=user_of(request)
        )  # fmt: skip

    if carried_out(form, send):
        messages.success(request, _("The item has been submitted. Two other people review it."))
        return redirect("verification:item", version.pk)
    problems = getattr(form, "problems", ())
    context = {
        "form": form,
        "edition": version,
        "problems": problems,
        "findings": [as_problem(finding) for finding in findings_of(queries.definition_of(version.pk))],
    }
    return render(request, "verification/submit_item.html", context, status=REFUSED if form.errors else None)


@require_http_methods(GET_AND_POST)
@requires("verification.review_items")
def review(request: Request, version_id: int) -> HttpResponse:
    """Review an item: as people see it, with its key and its reasons beside."""
    version = access.item_version_for(request, version_id)
    definition = queries.definition_of(version.pk)
    form = ReviewForm(posted(request))

    def say(told: Mapping[str, Any]) -> None:
        user = user_of(request)
        assert user is not None
        operations.review_item(
            version_id=version.pk, verdict=told["verdict"], comment=told["comment"], at=request.now, actor=user
        )  # fmt: skip

    if carried_out(form, say):
        messages.success(request, _("Your review has been recorded."))
        return redirect("verification:items")
    context = {
        "form": form,
        "edition": version,
        "previews": [(each, shown(definition, queries.SEED, each)) for each in ("sl", "en")],
        "keys": [(each, queries.key_of(definition, each)) for each in ("sl", "en")],
        "sources": definition.sources,
        "findings": [as_problem(finding) for finding in findings_of(definition)],
    }
    return render(request, "verification/review_item.html", context, status=REFUSED if form.errors else None)


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def new_version(request: Request, version_id: int) -> HttpResponse:
    """A new version of an item, as a draft with the same content."""
    version = access.item_version_for(request, version_id)
    form = ReasonForm(posted(request))
    made: list[int] = []

    def write(told: Mapping[str, Any]) -> None:
        drafted = operations.new_version(
            version_id=version.pk, reason=told["reason"], at=request.now, actor=user_of(request)
        )  # fmt: skip
        made.append(drafted.pk)

    if carried_out(form, write):
        return redirect("verification:item", made[0])
    title = _("Write a new version")
    text = _("This version stays in use until the new one has been reviewed, tried out and calibrated.")
    return form_page(request, form, title=title, button=title, back=back_to(version), text=text)


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def add_picture(request: Request) -> HttpResponse:
    """A picture comes in."""
    form = PictureForm(posted(request), request.FILES or None)

    def keep(told: Mapping[str, Any]) -> None:
        file = told["file"]
        operations.add_picture(
            name=file.name, content=file.read(operations.MOST_BYTES + 1), at=request.now, actor=user_of(request)
        )  # fmt: skip

    if carried_out(form, keep):
        messages.success(request, _("The picture has been saved. Name it in an item: %(name)s.") % {
            "name": form.cleaned_data["file"].name
        })  # fmt: skip
        return redirect("verification:items")
    title = _("Upload a picture")
    return form_page(request, form, title=title, button=title, back=back_to_bank())


def back_to(version: Any) -> tuple[str, str]:
    """The page of a version, and its name."""
    return reverse("verification:item", args=[version.pk]), version.item.key
