"""The life of a framework, and how competences of two frameworks stand to each other."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Only a draft changes; one version of a framework is active at a time."""

    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")
    ARCHIVED = "archived", _("archived")


class Relation(TextChoices):
    """How the target stands to the source."""

    EXACT = "exact", _("the same")
    NARROWER = "narrower", _("narrower")
    BROADER = "broader", _("broader")
    REPLACED_BY = "replaced_by", _("replaced by")
    NONE = "none", _("no counterpart")
