"""Certificates: mine alone, to download and to show to others; signed in, or by a code on this device."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.credentials import exports as credentials
from kazipot.foundation.credentials import queries as issued
from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tokens import spaced
from kazipot.organisation.access import Request, requires
from kazipot.verification import access, operations, queries
from kazipot.verification.access import TheCertificate, Visitor
from kazipot.verification.views.entering import by_code


@require_GET
@requires("verification.see_own")
def certificates(request: Request) -> HttpResponse:
    """Passed verifications with their certificates."""
    return _certificates(request, access.visitor(request))


@require_GET
@by_code
def here_certificates(request: Request, door: Visitor) -> HttpResponse:
    """The same on the device on which a code was typed."""
    return _certificates(request, door)


@require_POST
@requires("verification.see_own")
def issue(request: Request, verification_id: int) -> HttpResponse:
    """Make the certificate of one of my results."""
    return _issue(request, access.visitor(request), verification_id)


@require_POST
@by_code
def here_issue(request: Request, door: Visitor, verification_id: int) -> HttpResponse:
    """The same on the device on which a code was typed."""
    return _issue(request, door, verification_id)


@require_GET
@requires("verification.see_own")
def pdf(request: Request, certificate_id: int) -> HttpResponseBase:
    """The certificate on paper."""
    return _pdf(access.visitor(request), certificate_id)


@require_GET
@by_code
def here_pdf(_request: Request, door: Visitor, certificate_id: int) -> HttpResponseBase:
    """The same on the device on which a code was typed."""
    return _pdf(door, certificate_id)


@require_GET
@requires("verification.see_own")
def badge(request: Request, certificate_id: int) -> HttpResponseBase:
    """The certificate as a signed Open Badge, for wallets and other programs."""
    return _badge(access.visitor(request), certificate_id)


@require_GET
@by_code
def here_badge(_request: Request, door: Visitor, certificate_id: int) -> HttpResponseBase:
    """The same on the device on which a code was typed."""
    return _badge(door, certificate_id)


def _certificates(request: Request, door: Visitor) -> HttpResponse:
    page = page_of(request, queries.verifications_of(door.person.pk).filter(passed=True))
    found = queries.certificates_of([row.pk for row in page])
    lapses = queries.proofs_last_until(door.person.pk, {row.taken_on for row in page})
    rows = []
    for result in page:
        until, certificate = lapses.get(result.taken_on), found.get(result.pk)
        told = {"result": result, "address": door.address("issue-certificate", result.pk), "certificate": certificate}
        told |= {"counts": until is not None and request.today < until}
        rows.append(told | (_told(certificate, door, request) if certificate else {}))
    context = {"page": page, "rows": rows, "door": door, "test_address": door.address("test")}
    return render(request, "verification/certificates.html", context)


def _told(certificate: TheCertificate, door: Visitor, request: Request) -> dict[str, Any]:
    code = issued.secret_of(certificate.credential).code
    return {
        "state": issued.state_of(certificate.credential, at=request.now),
        "until": credentials.last_day(certificate.credential),
        "code": spaced(code),
        "check": credentials.address_of(code),
        "pdf": door.address("certificate-pdf", certificate.pk),
        "badge": door.address("certificate-badge", certificate.pk),
    }


def _issue(request: Request, door: Visitor, verification_id: int) -> HttpResponse:
    result = access.own_result(door, verification_id)
    try:
        operations.issue_certificate(
            verification_id=result.pk, language=str(get_language()), at=request.now, actor=request.actor.user
        )
        messages.success(request, _("The certificate has been made."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(door.address("certificates"))


def _pdf(door: Visitor, certificate_id: int) -> HttpResponseBase:
    found = access.own_certificate(door, certificate_id)
    name = _("certificate") + f"-{found.credential.valid_from:%Y-%m-%d}.pdf"
    return download(name, "application/pdf", credentials.certificate_pdf(found.credential))


def _badge(door: Visitor, certificate_id: int) -> HttpResponseBase:
    found = access.own_certificate(door, certificate_id)
    content = json.dumps(found.credential.document, ensure_ascii=False, indent=1).encode()
    name = f"open-badge-{found.credential.valid_from:%Y-%m-%d}.json"
    return download(name, "application/vc+ld+json", content)
