"""How competence in digital security was verified."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    """The way of a verification."""

    TEST = "test", _("test")
    PRACTICAL = "practical", _("practical exercise")
    INTERVIEW = "interview", _("interview")
