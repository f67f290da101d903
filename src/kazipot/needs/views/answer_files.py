"""Answers collected elsewhere come in four steps: the file, its columns, its values, and what would be taken."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazipot.core.survey.collected import Mapping as ColumnMapping
from kazipot.core.survey.collected import proposed_values
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.needs import access, imports, operations, queries
from kazipot.needs.access import AnswerFile
from kazipot.needs.forms import (
    AnswerFileForm,
    ColumnsForm,
    StartFromForm,
    TakeAnswersForm,
    ValuesForm,
    column_groups,
)
from kazipot.organisation.access import Request, requires, user_of


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def upload(request: Request, campaign_id: int) -> HttpResponse:
    """Upload a file of answers; when it can be read, its columns follow."""
    campaign = access.campaign_to_run(request, campaign_id)
    form = AnswerFileForm(posted(request), request.FILES or None)
    kept: list[int] = []

    def keep(told: Mapping[str, Any]) -> None:
        file = told["file"]
        content = file.read()
        operations.refuse_answers_of(campaign)
        imports.read_sheet(file.name, content)
        stored = operations.keep_answer_file(
            campaign_id=campaign.pk, filename=file.name, content=content, at=request.now, actor=user_of(request)
        )
        kept.append(stored.pk)

    if carried_out(form, keep):
        return redirect("needs:answer-columns", campaign.pk, kept[0])
    return form_page(
        request,
        form,
        title=_("Answers from another tool"),
        button=_("Look at the columns"),
        back=(reverse("needs:campaign", args=[campaign.pk]), campaign.title),
        lead=_("People answered in 1KA, LimeSurvey or Microsoft Forms: upload what the tool exports."),
        text=_(
            "Nothing is taken until you have seen every row. The file is deleted as soon as you confirm, or in a day."
        ),
    )


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def columns(request: Request, campaign_id: int, upload_id: int) -> HttpResponse:
    """What each column holds: from a saved mapping, or as it seems; a person corrects it."""
    file = access.answer_file(request, campaign_id, upload_id)
    if file.upload.content is None:
        return redirect("needs:answer-preview", campaign_id, upload_id)
    sheet = imports.read_sheet(file.upload.filename, bytes(file.upload.content))
    asking = queries.asking_of(file.campaign)
    saved = queries.saved_mappings(file.campaign)
    given = request.POST if request.method == "POST" else request.GET
    start, mapping = _started(file, sheet, asking, saved, given.get("start"))
    form = ColumnsForm(
        posted(request),
        columns=sheet.columns,
        groups=column_groups(asking.targets, asking.offered),
        employers=queries.employer_codes(),
        mapping=mapping,
        start=start,
    )

    def settle(told: Mapping[str, Any]) -> None:
        now = ColumnMapping(
            told["kind"], told["columns"], {}, employer=told["employer"], month_first=bool(told["month_first"])
        )
        written = imports.written_in(sheet, now, asking.definition, asking.targets)
        proposed = proposed_values(asking.definition, now.kind, written)
        values = {name: {**proposed.get(name, {}), **mapping.values.get(name, {})} for name in written}
        operations.map_answer_file(
            upload_id=file.upload.pk,
            mapping=replace(now, values=values).to_data(),
            at=request.now,
            actor=user_of(request),
        )

    if request.method == "POST" and carried_out(form, settle):
        return redirect("needs:answer-values", campaign_id, upload_id)
    context = {
        "campaign": file.campaign,
        "upload": file.upload,
        "form": form,
        "choose": StartFromForm(saved=[(row.pk, row.name) for row in saved], initial=start) if saved else None,
        "absent": [name for name in mapping.columns if sheet.place_of(name) is None],
        "rows": len(sheet.rows),
    }
    return render(request, "needs/answer_columns.html", context, status=REFUSED if form.errors else None)


def _started(
    file: AnswerFile, sheet: imports.Sheet, asking: queries.Asking, saved: list[Any], wanted: str | None
) -> tuple[str, ColumnMapping]:
    """The mapping to start from: the one chosen, what was settled before, a saved one that fits, or a proposal."""
    by_id = {str(row.pk): ColumnMapping.from_data(row.content) for row in saved}
    if wanted in by_id:
        return wanted, by_id[wanted]
    if wanted is None and file.upload.mapping:
        return "", ColumnMapping.from_data(file.upload.mapping)
    if wanted is None:
        there = {column.name for column in sheet.columns}
        fitting = [(pk, one) for pk, one in by_id.items() if one.kind == sheet.kind and there >= one.columns.keys()]
        if fitting:
            return max(fitting, key=lambda pair: len(pair[1].columns))
    return "", imports.start_mapping(sheet, asking.definition, asking.targets)


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def values(request: Request, campaign_id: int, upload_id: int) -> HttpResponse:
    """What the values of the choices mean; the mapping can be kept here."""
    file = access.answer_file(request, campaign_id, upload_id)
    if file.upload.content is None or not file.upload.mapping:
        return redirect("needs:answer-columns", campaign_id, upload_id)
    mapping = ColumnMapping.from_data(file.upload.mapping)
    sheet = imports.read_sheet(file.upload.filename, bytes(file.upload.content))
    asking = queries.asking_of(file.campaign)
    form = ValuesForm(
        posted(request),
        written=imports.written_in(sheet, mapping, asking.definition, asking.targets),
        definition=asking.definition,
        known=mapping.values,
    )
    if request.method == "POST" and carried_out(
        form,
        lambda told: operations.map_answer_file(
            upload_id=file.upload.pk,
            mapping=replace(mapping, values=form.values()).to_data(),
            save_as=told["mapping_name"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        return redirect("needs:answer-preview", campaign_id, upload_id)
    context = {"campaign": file.campaign, "upload": file.upload, "form": form}
    return render(request, "needs/answer_values.html", context, status=REFUSED if form.errors else None)


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def preview(request: Request, campaign_id: int, upload_id: int) -> HttpResponse:
    """How many rows would be taken, and why the others can't; confirm it here."""
    file = access.answer_file(request, campaign_id, upload_id)
    context: dict[str, Any] = {"campaign": file.campaign, "upload": file.upload}
    if file.upload.content is None:
        return render(request, "needs/answer_preview.html", {**context, "settled": True})
    if not file.upload.mapping:
        return redirect("needs:answer-columns", campaign_id, upload_id)
    collected = imports.examined(
        imports.read_sheet(file.upload.filename, bytes(file.upload.content)),
        ColumnMapping.from_data(file.upload.mapping),
        queries.asking_of(file.campaign),
        uploaded_at=file.upload.uploaded_at,
        language=get_language() or "sl",
    )
    form = TakeAnswersForm(posted(request), shown=collected.fingerprint(), some_refused=collected.refused > 0)
    if request.method == "POST" and carried_out(
        form,
        lambda told: operations.take_answers(
            upload_id=file.upload.pk,
            collected=collected,
            shown=told["shown"],
            leave_out=bool(told.get("leave_out")),
            at=request.now,
            actor=user_of(request),
        ),
    ):
        people = len(collected.submissions)
        text = ngettext(
            "The answers of %(people)d person have been taken; the file has been deleted.",
            "The answers of %(people)d people have been taken; the file has been deleted.",
            people,
        )
        messages.success(request, text % {"people": people})
        return redirect("needs:campaign", campaign_id)
    if form.errors:  # what is shown again is what would be confirmed
        form.data = {**form.data, "shown": collected.fingerprint()}
    page = page_of(request, collected.problems)
    context |= {"settled": False, "form": form, "collected": collected, "page": page, "problems": page.object_list}
    return render(request, "needs/answer_preview.html", context, status=REFUSED if form.errors else None)
