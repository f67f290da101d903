"""Kinds of providers, the life of a session and of an offer of a seat."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProviderKind(TextChoices):
    """Who gives the training."""

    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University")
    RESEARCH = "research", _("Research institution")
    INTERNAL = "internal", _("Internal")


class SessionStatus(TextChoices):
    """A session is planned, then held or cancelled."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class OfferState(TextChoices):
    """What became of an offer of a seat."""

    OFFERED = "offered", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("no answer")
    WITHDRAWN = "withdrawn", _("withdrawn")


class OfferReason(TextChoices):
    """Why a person was offered the seat."""

    NEED = "need", _("stated need")
    DUTY = "duty", _("duty of digital security")
