"""Kinds of job postings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PostingKind(TextChoices):
    """Officials are found by a public competition, others by a public posting."""

    COMPETITION = "competition", _("Public competition (officials)")
    POSTING = "posting", _("Public posting")
    INTERNAL = "internal", _("Internal posting")
