"""Pages of the item bank: the list, an item with its key and its history, steps of its life, and the blueprint."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.items.presentation import shown
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, imports, operations, queries
from kazipot.verification.forms import BlueprintForm, CalibrationForm, FilterForm, ReasonForm, fits_the_form
from kazipot.verification.operations import AreaGiven

GET_AND_POST = ["GET", "POST"]
SHOWN_EVENTS = 50


def areas_of(request: Request) -> list[tuple[str, str]]:
    """The areas of the blueprint for a choice, or those that ship when there is no blueprint yet."""
    held = [(area.key, area.title) for area in queries.blueprint(request.now)]
    if held:
        return held
    english = get_language() == "en"
    return [(area.key, area.title_en if english else area.title_sl) for area in queries.shipped_blueprint()]


def back_to_bank() -> tuple[str, str]:
    """The way back to the list."""
    return reverse("verification:items"), _("Test items")


@require_GET
@requires("verification.write_items")
def items(request: Request) -> HttpResponse:
    """Items by area, state and kind."""
    areas = areas_of(request)
    form = FilterForm(request.GET or None, areas=areas)
    wanted = form.told()
    may_run = request.actor.may("verification.run_bank")
    context = {
        "page": page_of(request, access.item_versions_for(request, **wanted)),
        "filter": form,
        "is_filtered": any(wanted.values()),
        "titles": dict(areas),
        "may_run": may_run,
        "counts": queries.counts_by_area(request.now) if may_run else [],
    }
    return render(request, "verification/items.html", context)


@require_GET
@requires("verification.write_items")
def item(request: Request, version_id: int) -> HttpResponse:
    """A version as people see it, with its key, its reasons, its figures and its history."""
    version = access.item_version_for(request, version_id)
    definition = queries.definition_of(version.pk)
    language = get_language() or "sl"
    events = queries.events_of(version.pk)[:SHOWN_EVENTS]
    may_run = request.actor.may("verification.run_bank")
    user = user_of(request)
    context = {
        "edition": version,
        "definition": definition,
        "area": dict(areas_of(request)).get(version.area, version.area),
        "previews": [(each, shown(definition, queries.SEED, each)) for each in ("sl", "en")],
        "key": queries.key_of(definition, language),
        "explanation": definition.explanation.in_language(language),
        "parameters": queries.parameters_of(version.pk),
        "events": events,
        "health": queries.health_of(version.pk, definition, language) if may_run else None,
        "fewest": queries.FEWEST,
        "reviews": queries.reviews_of(version.pk),
        "versions": queries.versions_of(version.item_id),
        "steps": [step for step in operations.STEPS if may_run and version.state in operations.STEPS[step][0]],
        "may_review": request.actor.may("verification.review_items")
        and user is not None
        and user.pk not in queries.writers_of(version.pk),
        "has_form": fits_the_form(definition),
        "may_run": may_run,
    }
    return render(request, "verification/item_page.html", context)


@require_http_methods(GET_AND_POST)
@requires("verification.run_bank")
def step(request: Request, version_id: int, step: str) -> HttpResponse:
    """A step of an item's life, with its reason."""
    version = access.item_version_for(request, version_id)
    if step not in operations.STEPS:
        raise Http404
    form = ReasonForm(posted(request))

    def take(told: Mapping[str, Any]) -> None:
        operations.take_step(
            version_id=version.pk, step=step, reason=told["reason"], at=request.now, actor=user_of(request)
        )

    if carried_out(form, take):
        messages.success(request, _("Done: %(item)s.") % {"item": version.item.key})
        return redirect("verification:item", version.pk)
    title, text = _words_of(step)
    back = (reverse("verification:item", args=[version.pk]), version.item.key)
    return form_page(request, form, title=title, button=title, back=back, text=text, danger=step == "retire")


def _words_of(step: str) -> tuple[str, str]:
    """What a step is called, and what follows from it."""
    return {
        "withdraw": (_("Take back into draft"), _("The item can be changed again; reviews of this text are kept.")),
        "try_out": (_("Try out"), _("The item is asked in tests from now on and is not scored.")),
        "use": (_("Use in tests"), _("The item is scored from now on; an older version in use is retired.")),
        "suspend": (_("Suspend"), _("The item is not asked until it is used again.")),
        "use_again": (_("Use again"), _("The item is asked and scored again.")),
        "retire": (_("Retire"), _("This version is never asked again. Results that rest on it stay as they are.")),
    }[step]


@require_http_methods(GET_AND_POST)
@requires("verification.run_bank")
def calibration(request: Request) -> HttpResponse:
    """Parameters come in from a calibration."""
    form = CalibrationForm(posted(request), request.FILES or None)
    taken: list[int] = []

    def take(told: Mapping[str, Any]) -> None:
        given = imports.read_calibration(told["file"].name, told["file"].read(imports.FILE_BYTES + 1))
        taken.append(
            operations.take_parameters(
                given=given, calibrated_on=told["calibrated_on"], reason=told["reason"], at=request.now,
                actor=user_of(request),
            )
        )  # fmt: skip

    if carried_out(form, take):
        text = ngettext("Parameters of %(count)s item taken.", "Parameters of %(count)s items taken.", taken[0])
        messages.success(request, text % {"count": taken[0]})
        return redirect("verification:items")
    title = _("Take over a calibration")
    text = _("Tests that have begun keep the parameters they began with. New ones use these.")
    return form_page(request, form, title=title, button=title, back=back_to_bank(), text=text)


@require_http_methods(GET_AND_POST)
@requires("verification.run_bank")
def blueprint(request: Request) -> HttpResponse:
    """Which part of a test each area gets, and how many items each has; a new version of it."""
    areas = queries.blueprint(request.now)
    form = BlueprintForm(posted(request), areas=[(area.key, area.title, area.percent) for area in areas])

    def write(told: Mapping[str, Any]) -> None:
        given = [AreaGiven(area.key, area.title_sl, area.title_en, told[f"percent_{area.key}"]) for area in areas]
        operations.write_blueprint(areas=given, reason=told["reason"], at=request.now, actor=user_of(request))

    if carried_out(form, write):
        messages.success(request, _("The new blueprint is in force."))
        return redirect("verification:blueprint")
    context = {
        "form": form,
        "counts": queries.counts_by_area(request.now),
        "page": page_of(request, queries.blueprints()),
    }
    return render(request, "verification/blueprint.html", context, status=422 if form.errors else None)


@require_GET
def picture(_request: Request, name: str) -> HttpResponse:
    """A picture that an item shows; who takes a test needs no account."""
    found = queries.picture_by_name(name)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    patch_cache_control(response, private=True, max_age=86_400, immutable=True)
    return response
