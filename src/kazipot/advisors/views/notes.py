"""The watch on digital development: notes are searched, written and decided on."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.choices import Fate
from kazipot.advisors.forms import FateForm, NoteForm
from kazipot.advisors.operations import Written
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.framework import queries as framework
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]
LONGEST_SEARCH = 200


@require_GET
@requires("advisors.see_watch")
def notes(request: Request) -> HttpResponse:
    """Notes found by words, field, solution, competence and fate, the latest first."""
    asked = {name: request.GET.get(name, "")[:LONGEST_SEARCH] for name in ("q", "field", "tag", "competence", "fate")}
    search = queries.Search(asked["q"], asked["field"], asked["tag"], asked["competence"], asked["fate"])
    names = dict(Fate.choices)
    context = {
        "asked": asked,
        "page": page_of(request, queries.notes(search), per_page=20),
        "fields": queries.fields(),
        "fates": [(code, names[code], number) for code, number in queries.fates().items()],
        "tags": queries.tag_names(),
        "quarter": queries.quarter_of(request.today),
        "may_write": bool(request.actor.may("advisors.advise")),
        "may_lead": access.is_service(request),
    }
    return render(request, "advisors/notes.html", context)


@require_GET
@requires("advisors.see_watch")
def note(request: Request, note_id: int) -> HttpResponse:
    """One note, and what became of its proposal."""
    found = access.note_to_see(note_id)
    person = request.actor.person
    context = {
        "note": found,
        "field": queries.fields().get(found.field, found.field),
        "quarter": queries.Quarter(found.year, found.quarter),
        "proposal": queries.proposal(found.pk),
        "may_change": person is not None and found.author_id == person.pk,
        "may_decide": access.is_service(request),
    }
    return render(request, "advisors/note.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.advise")
def new_note(request: Request) -> HttpResponse:
    """Write a note for this quarter."""
    author = access.me(request)
    form = _form(request, None)
    if carried_out(
        form,
        lambda told: operations.write_note(
            unit_id=told["unit"], author_id=author.pk, written=_written(told), at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("Thank you, your note has been saved."))
        return redirect("advisors:notes")
    return _note_page(request, form, _("Write a note"), reverse("advisors:notes"))


@require_http_methods(GET_AND_POST)
@requires("advisors.advise")
def change_note(request: Request, note_id: int) -> HttpResponse:
    """Change one's own note, until it is gathered."""
    found = access.note_to_change(request, note_id)
    form = _form(request, found)
    if carried_out(
        form,
        lambda told: operations.change_note(
            note_id=found.pk, written=_written(told), at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:note", found.pk)
    return _note_page(request, form, _("Change the note"), reverse("advisors:note", args=[found.pk]))


def _form(request: Request, found: access.AdvisorsNote | None) -> NoteForm:
    active = framework.active_framework(request.today)
    competences = framework.competences(active.pk) if active else []
    units, tags = access.units_to_write_for(request), queries.tag_names()
    if found is None:
        return NoteForm(posted(request), units=units, competences=competences, tags=tags)
    units = [unit for unit in units if unit.id == found.unit_id] or units
    said = queries.proposal(found.pk)
    initial = {
        "unit": found.unit_id, "field": found.field, "title": found.title, "news": found.news,
        "meaning": found.meaning, "proposal": said.text if said else "",
        "tags": ", ".join(tag.name for tag in found.tags.all()),
        "competences": [row.competence_id for row in found.competences.all()],
    }  # fmt: skip
    return NoteForm(posted(request), units=units, competences=competences, tags=tags, initial=initial)


def _written(told: Mapping[str, Any]) -> Written:
    return Written(
        field=told["field"], title=told["title"], news=told["news"], meaning=told["meaning"],
        proposal=told["proposal"], competence_ids=told["competences"], tags=told["tags"],
    )  # fmt: skip


def _note_page(request: Request, form: NoteForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "tags": queries.tag_names()}
    return render(request, "advisors/write_note.html", context, status=REFUSED if form.errors else None)


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def decide_proposal(request: Request, note_id: int) -> HttpResponse:
    """Say what becomes of a proposal."""
    found = access.note_to_decide(note_id)
    said = queries.proposal(found.pk)
    form = FateForm(posted(request), initial={"fate": said.fate, "reason": said.reason} if said else None)
    if carried_out(
        form,
        lambda told: operations.decide_proposal(
            note_id=found.pk, fate=told["fate"], reason=told["reason"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:note", found.pk)
    back = (reverse("advisors:note", args=[found.pk]), found.title)
    text = said.text if said else ""
    return form_page(request, form, title=_("Decide on the proposal"), button=_("Save"), back=back, text=text)
