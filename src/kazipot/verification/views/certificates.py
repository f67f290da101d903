"""Certificates: mine alone, to download and to show to others."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kazipot.core.indicators.verification import add_months
from kazipot.foundation.credentials import exports as credentials
from kazipot.foundation.credentials import queries as issued
from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tokens import spaced
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, operations, queries


@require_GET
@requires("verification.see_own")
def certificates(request: Request) -> HttpResponse:
    """Passed verifications with their certificates."""
    months = queries.strategy_rule().months
    person = request.actor.person
    page = page_of(request, queries.verifications_of(person.pk if person else 0).filter(passed=True))
    found = queries.certificates_of([row.pk for row in page])
    rows = []
    for result in page:
        until, certificate = add_months(result.taken_on, months), found.get(result.pk)
        told = {"result": result, "until": until, "certificate": certificate, "counts": request.today < until}
        if certificate:
            code = issued.secret_of(certificate.credential).code
            state = issued.state_of(certificate.credential, at=request.now)
            told |= {"state": state, "code": spaced(code), "address": credentials.address_of(code)}
        rows.append(told)
    return render(request, "verification/certificates.html", {"page": page, "rows": rows})


@require_POST
@requires("verification.see_own")
def issue(request: Request, verification_id: int) -> HttpResponse:
    """Make the certificate of one of my results."""
    result = access.own_result(request, verification_id)
    try:
        operations.issue_certificate(
            verification_id=result.pk,
            valid_until=add_months(result.taken_on, queries.strategy_rule().months),
            language=str(get_language()),
            at=request.now,
            actor=user_of(request),
        )
        messages.success(request, _("The certificate has been made."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("verification:certificates")


@require_GET
@requires("verification.see_own")
def pdf(request: Request, certificate_id: int) -> HttpResponseBase:
    """The certificate on paper."""
    found = access.own_certificate(request, certificate_id)
    name = _("certificate") + f"-{found.credential.valid_from:%Y-%m-%d}.pdf"
    return download(name, "application/pdf", credentials.certificate_pdf(found.credential))


@require_GET
@requires("verification.see_own")
def badge(request: Request, certificate_id: int) -> HttpResponseBase:
    """The certificate as a signed Open Badge, for wallets and other programs."""
    found = access.own_certificate(request, certificate_id)
    content = json.dumps(found.credential.document, ensure_ascii=False, indent=1).encode()
    name = f"open-badge-{found.credential.valid_from:%Y-%m-%d}.json"
    return download(name, "application/vc+ld+json", content)
