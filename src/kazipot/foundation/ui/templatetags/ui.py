"""Numbers and days as people write them here, and small parts of pages."""

from datetime import date

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def day(value: date) -> str:
    """A day as people write it: 24. 11. 2026, or 24 November 2026."""
    return formats.date_format(value, "SHORT_DATE_FORMAT")
