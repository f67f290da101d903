"""Pages of questionnaires: their versions, a look at one as people see it, and their way in and out as XLSForm."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.core.survey.questionnaire import Kind, Place, Value, places, steps, unconditional
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tables import PAGE_BYTES
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.needs import access, exports, imports, operations, queries
from kazipot.needs.forms import QuestionnaireForm, StepForm
from kazipot.needs.views import told
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("needs.run_campaigns")
def questionnaires(request: Request) -> HttpResponse:
    """Every version of every questionnaire."""
    page = page_of(request, queries.questionnaire_versions())
    rows = [(row, queries.title_of(row)) for row in page.object_list]
    return render(request, "needs/questionnaires.html", {"page": page, "rows": rows})


@require_http_methods(GET_AND_POST)
@requires("needs.run_campaigns")
def upload(request: Request) -> HttpResponse:
    """A questionnaire comes in as XLSForm, as a draft."""
    form = QuestionnaireForm(posted(request), request.FILES or None)
    made: list[int] = []

    def bring(given: Mapping[str, Any]) -> None:
        reading = imports.read_with_notices(given["file"].read(PAGE_BYTES + 1), given["file"].name)
        version = operations.draft_questionnaire(
            definition=reading.questionnaire,
            note=given["note"],
            same_meaning=given["same_meaning"],
            at=request.now,
            actor=user_of(request),
        )
        for notice in reading.notices:
            messages.info(request, notice.as_line())
        made.append(version.pk)

    if carried_out(form, bring):
        messages.success(request, _("The questionnaire has been read. Look at it and approve it."))
        return redirect("needs:questionnaire", made[0])
    back = (reverse("needs:questionnaires"), _("Questionnaires"))
    text = _(
        "A questionnaire is written as an XLSForm workbook, as KoboToolbox and ODK use it. Download the present one, "
        "change it and upload it here."
    )
    return form_page(request, form, title=_("Upload a questionnaire"), button=_("Upload"), back=back, text=text)


@require_GET
@requires("needs.run_campaigns")
def questionnaire(request: Request, version_id: int) -> HttpResponse:
    """A version: what it asks, how long it takes, what was reworded."""
    version = access.version_to_see(version_id)
    definition = queries.definition_of(version)
    language = get_language() or "sl"
    context = {
        "edition": version,
        "title": queries.title_of(version),
        "pages": [
            (
                page.label.in_language(language),
                page.per_competence,
                [(item, item.label.in_language(language), item.key in version.reworded) for item in page.items],
            )
            for page in definition.pages
        ],
        "length": queries.length_of(definition),
        "notes": Kind.NOTE,
    }
    return render(request, "needs/questionnaire.html", context)


@require_http_methods(GET_AND_POST)
@requires("needs.run_campaigns")
def try_it(request: Request, version_id: int) -> HttpResponse:
    """Fill a version in as people will; nothing is kept but what the page itself carries from step to step."""
    version = access.version_to_see(version_id)
    way = queries.sample_way(queries.definition_of(version), on=request.today)
    answers = _carried(request, way)
    number = int(request.POST.get("number", "1")) if request.POST.get("number", "1").isdecimal() else 1
    walked = steps(way.definition, way.asked, answers)
    step = next((one for one in walked if one.number == number), walked[-1])
    language = get_language() or "sl"
    appeared: list[str] = []
    arriving = request.method != "POST" or "arrive" in request.POST
    form = StepForm(
        None if arriving else request.POST, definition=way.definition, step=step, answers=answers, language=language
    )
    if not arriving and form.is_valid():
        answers = {**answers, **form.filled_in()}
        walked = steps(way.definition, way.asked, answers)
        appeared = form.appeared(answers)[:1]
        after = [one for one in walked if one.number > step.number or (appeared and one.number == step.number)]
        if not after:
            messages.success(request, _("This was the last page. Nothing was kept."))
            return redirect("needs:questionnaire", version.pk)
        step = after[0]
        form = StepForm(definition=way.definition, step=step, answers=answers, language=language)
    carried = [(name, one) for name, value in answers.items() for one in _texts(value) if name not in form.fields]
    context = {
        "edition": version,
        "form": form,
        "step": step,
        "title": told.title_of(step),
        "last": walked[-1].number,
        "carried": carried,
        "appeared": "".join(appeared),
    }
    return render(request, "needs/try.html", context, status=REFUSED if form.errors else None)


def _carried(request: Request, way: queries.Way) -> dict[str, Value]:
    """What the pages before carried along in hidden fields."""
    found: dict[str, Value] = {}
    for page, item in way.definition.items():
        for competence in way.asked if page.per_competence else (None,):
            name = Place(item, competence).name
            values = tuple(request.POST.getlist(f"carried-{name}"))
            if values:
                found[name] = True if item.kind is Kind.TICK else values if item.kind is Kind.MANY else values[-1]
    return found


def _texts(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [] if value is None else ["on" if value is True else str(value)]


@require_GET
@requires("needs.run_campaigns")
def paper(request: Request, version_id: int) -> HttpResponse:
    """A version as it would be printed: every page with all its items and choices."""
    version = access.version_to_see(version_id)
    way = queries.sample_way(queries.definition_of(version), on=request.today)
    language = get_language() or "sl"
    shown = []
    for step in steps(unconditional(way.definition), way.asked, {}):
        sections: dict[str, list[tuple[Any, ...]]] = {}
        for place in places(step):
            code = place.competence.code if place.competence and way.definition.framework else ""
            heading = f"{place.competence.code} {place.competence.name}" if place.competence else ""
            choices = [one.label.in_language(language) for one in way.definition.choices_for(place.item, code)]
            sections.setdefault(heading, []).append(
                (
                    place.item,
                    place.item.label.in_language(language),
                    place.item.hint.in_language(language),
                    choices,
                    queries.condition_in_words(way.definition, place.item.relevant, language),
                )
            )
        relevant = next(page.relevant for page in way.definition.pages if page.key == step.page.key)
        only_if = queries.condition_in_words(way.definition, relevant, language)
        shown.append((told.title_of(step), only_if, list(sections.items())))
    return render(request, "needs/paper.html", {"edition": version, "title": queries.title_of(version), "shown": shown})


@require_GET
@requires("needs.run_campaigns")
def file(request: Request, version_id: int) -> HttpResponse:
    """A version as an XLSForm workbook."""
    version = access.version_to_see(version_id)
    definition = queries.definition_of(version)
    content = exports.xlsform(definition, queries.competence_names(definition, on=request.today))
    response = HttpResponse(content, content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{version.questionnaire.key}-{version.number}.xlsx"'
    return response


@require_POST
@requires("needs.run_campaigns")
def approve(request: Request, version_id: int) -> HttpResponse:
    """From now on campaigns may ask it."""
    version = access.version_to_see(version_id)
    try:
        operations.approve_questionnaire(version_id=version.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The questionnaire has been approved. Campaigns can ask it now."))
    return redirect("needs:questionnaire", version.pk)
