"""What is kept about me, in one file that I can take away: needs, training, calendar, results, certificates."""

import json
from collections.abc import Iterator
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kazipot.foundation.credentials import exports as credentials
from kazipot.foundation.downloads import download, zipped
from kazipot.needs import queries as needs
from kazipot.organisation.access import Request
from kazipot.training import queries as training
from kazipot.training.exports.own import own_calendar, own_record
from kazipot.verification import queries as verification


@require_GET
@login_required
def own_file(request: HttpRequest) -> HttpResponse:
    """What is in the file, and where the same can be seen."""
    asked = cast(Request, request)
    return render(request, "project/own_file.html", {"person": asked.actor.person})


@require_GET
@login_required
def own_file_zip(request: HttpRequest) -> HttpResponseBase:
    """The file. Nobody else can make it: it is only ever made for the person who is signed in."""
    asked = cast(Request, request)
    person = asked.actor.person
    if person is None:
        raise Http404
    name = f"{_('my-data')}-{asked.today:%Y-%m-%d}.zip"
    return download(name, "application/zip", zipped(_files(asked, person.pk), at=asked.now))


def _files(request: Request, person_id: int) -> Iterator[tuple[str, bytes]]:
    offers = training.offers_of(person_id).select_related("session__course", "person")
    yield _("read-me.txt"), _read_me().encode()
    yield _("needs.json"), _json(needs.own_record(person_id))
    attended = training.attended_of(person_id)
    yield _("training.json"), _json(own_record(offers, training.entries_of(person_id), attended))
    seats = offers.filter(state="accepted").exclude(session__status="cancelled")
    yield _("calendar.ics"), own_calendar(seats, at=request.now)
    results = list(verification.verifications_of(person_id))
    yield _("verification.json"), _json([_result(row) for row in results])
    held = [row.certificate.credential for row in training.certificates_of(person_id, at=request.now).values()]
    held += [row.credential for row in verification.certificates_of([row.pk for row in results]).values()]
    for number, credential in enumerate(held, start=1):
        name = f"{_('certificates')}/{number:02}-{credential.valid_from:%Y-%m-%d}"
        yield f"{name}.pdf", credentials.certificate_pdf(credential)
        yield f"{name}.json", _json(credential.document)


def _result(row: Any) -> dict[str, Any]:
    return {
        "taken_on": row.taken_on.isoformat(),
        "passed": row.passed,
        "method": row.method,
        "reference": row.reference,
    }


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _read_me() -> str:
    return _(
        "This file holds what the programme of digital competences keeps about you: what you answered in surveys and "
        "the needs that follow (needs.json), offers, seats, attendance and waiting lists (training.json), your seats "
        "for a calendar (calendar.ics), results of verifications (verification.json), and your certificates.\n"
    )
