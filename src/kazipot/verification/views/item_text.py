"""Items are written as YAML: begun with an example, looked at without saving, saved as drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kazipot.core.items.checking import faults_of
from kazipot.core.items.definition import Item
from kazipot.core.items.lint import findings_in
from kazipot.core.items.presentation import shown
from kazipot.core.items.written import as_yaml
from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, imports, operations, queries
from kazipot.verification.errors import as_problem
from kazipot.verification.forms import SourceForm
from kazipot.verification.views.item_writing import CAPABILITY, GET_AND_POST, back_to
from kazipot.verification.views.items import back_to_bank

PREVIEW = "preview"
SHOWN = 20
"""So many items are drawn in a preview."""


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def new_from_text(request: Request) -> HttpResponse:
    """New items of any kind, as YAML; all or none. ?example=NAME begins with an example."""
    form = _asked(request, queries.example_of(request.GET.get("example", "")))
    drawn: list[Item] = []
    made: list[int] = []

    def write(told: Mapping[str, Any]) -> None:
        read = imports.read_items(told["source"])
        if _is_preview(request):
            drawn.extend(read)
            return
        versions = operations.write_items(
            definitions=read, reason=told["reason"], at=request.now, actor=user_of(request)
        )  # fmt: skip
        made.extend(version.pk for version in versions)

    if carried_out(form, write) and made:
        told = ngettext("%(count)s draft has been saved.", "%(count)s drafts have been saved.", len(made))
        messages.success(request, told % {"count": len(made)})
        return redirect("verification:item", made[0])
    text = _("All items are saved as drafts, or none if one has a fault. Items that are there show how to write them.")
    page = _Page(_("Write items as YAML"), _("Save as drafts"), *back_to_bank(), text, queries.EXAMPLES)
    return _drawn(request, form, page, drawn)


@require_http_methods(GET_AND_POST)
@requires(CAPABILITY)
def edit_text(request: Request, version_id: int) -> HttpResponse:
    """Change a draft as YAML."""
    version = access.draft_for(request, version_id)
    form = _asked(request, as_yaml([queries.definition_of(version.pk)]))
    drawn: list[Item] = []

    def write(told: Mapping[str, Any]) -> None:
        read = imports.read_item(told["source"])
        if _is_preview(request):
            drawn.append(read)
            return
        operations.write_draft(
            version_id=version.pk, definition=read, reason=told["reason"], at=request.now, actor=user_of(request)
        )

    if carried_out(form, write) and not drawn:
        messages.success(request, _("The draft has been saved. Look at it as people will see it."))
        return redirect("verification:item", version.pk)
    title = _("Change %(item)s") % {"item": version.item.key}
    return _drawn(request, form, _Page(title, _("Save the draft"), *back_to(version)), drawn)


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands around the text."""

    title: str
    button: str
    back_address: str
    back_name: str
    text: str = ""
    examples: tuple[str, ...] = ()


def _is_preview(request: Request) -> bool:
    return request.POST.get("action") == PREVIEW


def _asked(request: Request, source: str) -> SourceForm:
    """The form as it was sent, or with what stands there before. A preview needs no reason."""
    form = SourceForm(posted(request), request.FILES or None, initial={"source": source})
    form.fields["reason"].required = not _is_preview(request)
    return form


def _drawn(request: Request, form: SourceForm, page: _Page, items: Sequence[Item]) -> HttpResponse:
    """The text, below how the items look in both languages, what is wrong with them, and what gives answers away."""
    told = {name: form.cleaned_data[name] for name in ("source", "reason")} if items else {}
    context = {
        "form": SourceForm(initial=told) if items else form,
        "page": page,
        "problems": getattr(form, "problems", ()),
        "drawn": [(item, [(each, shown(item, queries.SEED, each)) for each in ("sl", "en")]) for item in items[:SHOWN]],
        "left_out": max(len(items) - SHOWN, 0),
        "faults": [as_problem(fault) for item in items for fault in faults_of(item)],
        "findings": [as_problem(finding) for finding in findings_in(items)],
    }
    return render(request, "verification/item_text.html", context, status=REFUSED if form.errors else None)
