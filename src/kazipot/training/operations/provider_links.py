"""Personal links to a provider's own page: made, sent and withdrawn."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.training.models import Provider, ProviderContact, ProviderLink

LINK_DAYS = timedelta(days=365)
"""So long a personal link to a provider's page works."""


def new_link(contact: ProviderContact, at: datetime) -> str:
    """The secret of a new personal link, told once: the database keeps only its digest."""
    token = new_token()
    ProviderLink.objects.create(
        provider_id=contact.provider_id,
        contact=contact,
        token_digest=digest(token),
        made_at=at,
        expires_on=timezone.localtime(at).date() + LINK_DAYS,
    )
    return token


def page_of_provider(token: str) -> str:
    """The whole address of a provider's own page."""
    return settings.KAZIPOT_ADDRESS.rstrip("/") + reverse("training:provider-page", kwargs={"token": token})


@transaction.atomic
def send_link(*, contact_id: int, at: datetime, actor: User | None) -> str:
    """A fresh personal link to a provider's page goes to a contact; earlier ones go on working. Its secret."""
    contact = lock(ProviderContact.objects.filter(pk=contact_id)).select_related("provider").get()
    token = new_link(contact, at)
    with override(contact.language):
        subject = _("Your page at Kažipot")
        body = _(
            "Here you make offers, send timetables and materials, and keep the attendance of your sessions:\n%(link)s\n"
            "\nThe link is meant for you. Please do not pass it on.\n"
        ) % {"link": page_of_provider(token)}
    outbox.enqueue(
        key=f"training.provider-link.{digest(token)[:32]}", recipient=contact.email, subject=subject, body=body, at=at
    )
    audit.record("training.send_provider_link", contact, actor=actor, at=at, provider=contact.provider.code)
    return token


@transaction.atomic
def revoke_links(*, provider_id: int, at: datetime, actor: User | None) -> int:
    """All personal links of a provider stop working; returns how many."""
    provider = lock(Provider.objects.filter(pk=provider_id)).get()
    gone = ProviderLink.objects.filter(provider=provider, revoked_at=None).update(revoked_at=at)
    audit.record("training.revoke_provider_links", provider, actor=actor, at=at, links=gone)
    return gone
