"""What can be shown of the count, and in which form."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Format(TextChoices):
    """A form in which the figures can be taken away."""

    CSV = "csv", _("CSV table")
    XLSX = "xlsx", _("Excel workbook")
    JSON = "json", _("JSON for programs")
