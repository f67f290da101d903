"""Items come from other systems as drafts, and go to them as files."""

from random import SystemRandom

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError, InputRefused
from kazipot.foundation.ui.form_page import REFUSED, SHOWN_PROBLEMS, form_page, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import imports, operations, queries
from kazipot.verification.exports import answers_csv, export_items
from kazipot.verification.forms import AnswersForm, ExportForm, ItemsFileForm
from kazipot.verification.imports import Exchanged
from kazipot.verification.views.items import areas_of, back_to_bank


@require_http_methods(["GET", "POST"])
@requires("verification.write_items")
def import_(request: Request) -> HttpResponse:
    """Look at what a file would bring, then save it as drafts."""
    form = ItemsFileForm(posted(request), request.FILES or None, areas=areas_of(request))
    found: Exchanged | None = None
    if form.is_valid():
        told, file = form.cleaned_data, form.cleaned_data["file"]
        found = imports.read_exchange(
            file.name, file.read(), area=told["area"], language=told["language"], format_=told["format"]
        )
        if told["action"] != "look" and _saved(request, form, found):
            return redirect("verification:items")
    context = {
        "form": form,
        "found": found,
        "items": found.items[:SHOWN_PROBLEMS] if found else (),
        "problems": getattr(form, "problems", found.problems[:SHOWN_PROBLEMS] if found else ()),
        "titles": dict(areas_of(request)),
    }
    return render(request, "verification/import_items.html", context, status=REFUSED if form.errors else 200)


def _saved(request: Request, form: ItemsFileForm, found: Exchanged) -> bool:
    """Whether drafts were made; why not stands in the form."""
    told = form.cleaned_data
    try:
        if told["action"] == "all" or not found.items:
            found.refuse_if_partial()
        reason = f"{told['file'].name} ({found.format})"
        operations.write_items(
            definitions=found.items, reason=reason, at=request.now, actor=user_of(request)
        )  # fmt: skip
    except InputRefused as error:
        form.add_error(None, error.message)
        form.problems = error.problems[:SHOWN_PROBLEMS]  # type: ignore[attr-defined]
        return False
    made, left = len(found.items), len(found.problems)
    messages.success(
        request,
        ngettext("%(count)s draft has been saved.", "%(count)s drafts have been saved.", made) % {"count": made},
    )
    if left:
        text = ngettext("%(count)s question was left out.", "%(count)s questions were left out.", left)
        messages.warning(request, text % {"count": left})
    return True


@require_http_methods(["GET", "POST"])
@requires("verification.run_bank")
def answers(request: Request) -> HttpResponseBase:
    """The answers of finished tests, from which items are calibrated; nobody stands in it."""
    form = AnswersForm(posted(request))
    if form.is_valid():
        stories = form.cleaned_data["kinds"] == "all"
        items, rows = queries.answers_to_calibrate(stories=stories, rng=SystemRandom())
        try:
            content = answers_csv(items, rows)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            operations.note_answers_taken(tests=len(rows), stories=stories, at=request.now, actor=user_of(request))
            return download(_("answers") + ".csv", "text/csv; charset=utf-8", content)
    lead = _(
        "A row for each finished test, a column for each item (key@version), as “verification calibrate” reads it."
    )
    text = _(
        "No names, no days, no units, and the rows are shuffled. Items that few tests have shown are left out. Still, "
        "these are people’s answers: calibrate and then delete the file."
    )
    title, button = _("Answers for calibration"), _("Get the file")
    return form_page(request, form, title=title, button=button, back=back_to_bank(), lead=lead, text=text)


@require_GET
@requires("verification.run_bank")
def export(request: Request) -> HttpResponseBase:
    """Choose a format, and get the newest version of each item in it."""
    asked = "format" in request.GET
    form = ExportForm(request.GET if asked else None, areas=areas_of(request))
    if not form.is_valid():
        return render(request, "verification/export_items.html", {"form": form}, status=REFUSED if asked else 200)
    told = form.cleaned_data
    languages = ("sl", "en") if told["language"] == "both" else (told["language"],)
    name = "-".join(part for part in (_("items"), told["area"], told["language"]) if part)
    made = export_items(queries.newest_definitions(area=told["area"]), told["format"], languages, name)
    return download(made.name, made.mime, made.content)
