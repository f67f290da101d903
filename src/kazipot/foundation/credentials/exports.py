"""A credential on paper, with a code and a QR by which anybody can check it."""

import io
from datetime import date, timedelta

import segno
from django.template.defaultfilters import date as as_date
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kazipot.foundation.credentials import queries
from kazipot.foundation.credentials.models import Credential
from kazipot.foundation.pdf import render
from kazipot.foundation.tokens import spaced

TEMPLATE = "foundation/credentials/templates/credentials/certificate.typ"


def address_of(code: str) -> str:
    """Where a certificate is checked."""
    return f"{queries.issuer().address}/credentials/{code}/"


def certificate_pdf(credential: Credential) -> bytes:
    """The certificate, in the language in which it was issued."""
    achievement = credential.document["credentialSubject"]["achievement"]
    secret = queries.secret_of(credential)
    language = achievement["inLanguage"]
    with translation.override(language):
        content = {
            "heading": _("Certificate"),
            "holder": secret.holder,
            "what": achievement["name"],
            "description": achievement["description"],
            "criteria": achievement["criteria"]["narrative"],
            "dates": _dates(credential),
            "issuer_label": _("Issued by"),
            "issuer": credential.document["issuer"]["name"],
            "check": _("Anybody can check whether this certificate is valid: scan the code, or open the address."),
            "qr": _qr(address_of(secret.code)),
            "qr_label": _("Link to the check of this certificate"),
            "address": f"{queries.issuer().address}/credentials/",
            "code_label": _("Code of the certificate"),
            "code": spaced(secret.code),
        }
        return render(TEMPLATE, content, title=content["what"], language=language, at=credential.issued_at)


def last_day(credential: Credential) -> date | None:
    """The last day on which a credential is valid; none if it never lapses."""
    if credential.valid_until is None:
        return None
    return timezone.localtime(credential.valid_until - timedelta(seconds=1)).date()


def _dates(credential: Credential) -> list[list[str]]:
    """From when until when; what never lapses tells its day alone."""
    begun, last = timezone.localtime(credential.valid_from).date(), last_day(credential)
    if last is None:
        return [[_("Day"), _day(begun)]]
    return [[_("Valid from"), _day(begun)], [_("Valid until"), _day(last)]]


def _day(day: date) -> str:
    return as_date(day, "j. n. Y" if translation.get_language() == "sl" else "j F Y")


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0)
    return drawn.getvalue().decode()
