"""Certificates of attendance: mine alone, to download and to show to others."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.credentials import exports as credentials
from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tokens import spaced
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries


@require_GET
@requires("training.see_own")
def certificates(request: Request) -> HttpResponse:
    """Where I was, each with its certificate."""
    person = request.actor.person
    page = page_of(request, queries.attendances_of(person.pk if person else 0))
    held = queries.certificates_of(person.pk, at=request.now) if person else {}
    rows = []
    for row in page:
        told = held.get(row.session_id)
        address, code = (credentials.address_of(told.code), spaced(told.code)) if told else ("", "")
        rows.append({"session": row.session, "told": told, "address": address, "code": code})
    return render(request, "training/certificates.html", {"page": page, "rows": rows})


@require_POST
@requires("training.see_own")
def issue_certificate(request: Request, session_id: int) -> HttpResponse:
    """Make the certificate now; workers would make it by themselves."""
    try:
        operations.issue_attendance_certificate(
            session_id=access.session_to_see(session_id).pk,
            person_id=access.own_person(request).pk,
            at=request.now,
            actor=user_of(request),
        )
        messages.success(request, _("The certificate has been made."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("training:certificates")


@require_GET
@requires("training.see_own")
def certificate_pdf(request: Request, certificate_id: int) -> HttpResponseBase:
    """The certificate on paper."""
    found = access.own_certificate(request, certificate_id)
    name = _("certificate") + f"-{found.credential.valid_from:%Y-%m-%d}.pdf"
    return download(name, "application/pdf", credentials.certificate_pdf(found.credential))


@require_GET
@requires("training.see_own")
def certificate_badge(request: Request, certificate_id: int) -> HttpResponseBase:
    """The certificate as a signed Open Badge, for wallets and other programs."""
    found = access.own_certificate(request, certificate_id)
    content = json.dumps(found.credential.document, ensure_ascii=False, indent=1).encode()
    name = f"open-badge-{found.credential.valid_from:%Y-%m-%d}.json"
    return download(name, "application/vc+ld+json", content)
