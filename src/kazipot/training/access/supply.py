"""From a request to a provider, an offer sought or a material, or to the same 404 whatever the reason."""

from django.http import Http404

from kazipot.foundation.tokens import digest
from kazipot.organisation.access import Request
from kazipot.training import queries
from kazipot.training.models import (
    AskedProvider,
    Bid,
    Contract,
    Inquiry,
    Material,
    Provider,
    ProviderContact,
    ProviderLink,
    Session,
    Timetable,
)

ProviderLinkHeld = ProviderLink
"""For the views, which don't import models."""


def provider_to_see(code: str) -> Provider:
    """A provider, for those who see the supply."""
    found = queries.provider_by_code(code)
    if found is None:
        raise Http404
    return found


def contact_to_change(provider: Provider, contact_id: int) -> ProviderContact:
    """A provider's contact."""
    found = queries.contact_by_id(provider.pk, contact_id)
    if found is None:
        raise Http404
    return found


def contract_to_see(contract_id: int) -> Contract:
    """A contract, for those who see the supply."""
    found = queries.contract_by_id(contract_id)
    if found is None:
        raise Http404
    return found


def inquiry_to_see(inquiry_id: int) -> Inquiry:
    """An inquiry, for those who see the supply."""
    found = queries.inquiry_by_id(inquiry_id)
    if found is None:
        raise Http404
    return found


def bid_to_read(request: Request, inquiry_id: int, bid_id: int) -> Bid:
    """An offer's file, once offers are opened."""
    found = queries.bid_file(inquiry_id, bid_id)
    if found is None or not queries.is_opened(found.asked.inquiry, on=request.today):
        raise Http404
    return found


def timetable_to_settle(timetable_id: int) -> Timetable:
    """A provider's timetable, for those who buy."""
    found = queries.timetable_by_id(timetable_id)
    if found is None:
        raise Http404
    return found


def provider_by_token(request: Request, token: str) -> ProviderLink:
    """The provider behind a personal link; wrong, withdrawn and old links are the same 404."""
    found = queries.link_by_digest(digest(token), on=request.today)
    if found is None:
        raise Http404
    return found


def inquiry_of_provider(link: ProviderLink, inquiry_id: int) -> AskedProvider:
    """An inquiry that went to the provider."""
    found = queries.asked_provider(inquiry_id, link.provider_id)
    if found is None:
        raise Http404
    return found


def session_of_provider(link: ProviderLink, session_id: int) -> Session:
    """A session of the provider."""
    found = queries.session_of_provider(link.provider_id, session_id)
    if found is None:
        raise Http404
    return found


def session_with_names(request: Request, link: ProviderLink, session_id: int) -> Session:
    """A session of the provider whose people it still sees by name."""
    found = session_of_provider(link, session_id)
    if not queries.shows_names(found, on=request.today):
        raise Http404
    return found


def material_of_provider(link: ProviderLink, material_id: int) -> Material:
    """A material of one of the provider's sessions."""
    found = queries.material_by_id(material_id)
    if found is None or queries.session_of_provider(link.provider_id, found.session_id) is None:
        raise Http404
    return found


def sees_materials(request: Request, session: Session) -> bool:
    """Whether the actor may have a session's materials: who buys, its trainer, and who accepted a seat."""
    actor = request.actor
    if actor.may("training.buy") or (actor.user is not None and session.trainer_id == actor.user.pk):
        return True
    return actor.person is not None and queries.has_seat(session.pk, actor.person.pk)


def material_to_read(request: Request, material_id: int) -> Material:
    """A material's file, for those who may have it."""
    found = queries.material_by_id(material_id)
    if found is None or found.content is None or not sees_materials(request, found.session):
        raise Http404
    return found
