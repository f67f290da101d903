"""Numbers and days as people write them here, and small parts of pages."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django import template
from django.template import RequestContext
from django.utils import timezone
from django.utils.translation import get_language

register = template.Library()
KINDS = {"info", "success", "warning", "error"}
EMPTY = "–"


def _locale() -> str:
    return "en_GB" if get_language() == "en" else "sl_SI"


@register.filter
def day(value: date | None) -> str:
    """A day as people write it: 24. 11. 2026, or 24 November 2026; a dash for None."""
    if value is None or value == "":
        return EMPTY
    if _locale() == "sl_SI":
        return f"{value.day}.\u00a0{value.month}.\u00a0{value.year}"
    return str(format_date(value, "d MMMM yyyy", locale="en_GB"))


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time of day: 24. 11. 2026 ob 9.05, or 24 November 2026, 09:05."""
    if not value:
        return EMPTY
    local = timezone.localtime(value)
    if _locale() == "sl_SI":
        return f"{day(local.date())} ob\u00a0{local.hour}.{local.minute:02}"
    return f"{day(local.date())}, {local:%H:%M}"


@register.filter
def number(value: Any) -> str:
    """A number with the language's separators: 14.000 or 14,000; a dash for None."""
    return EMPTY if value is None or value == "" else str(format_decimal(value, locale=_locale()))


@register.filter
def percent(value: Fraction | float | None) -> str:
    """A share in [0, 1] as a percentage with one decimal at most: 46,2 % or 46.2%; a dash for None."""
    if value is None or value == "":
        return EMPTY
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(str(value))
    )
    pattern = "#,##0.#\u00a0%" if _locale() == "sl_SI" else "#,##0.#%"
    return str(format_percent(exact, format=pattern, locale=_locale()))


@register.inclusion_tag("ui/alert.html")
def alert(kind: str, text: Any) -> dict[str, Any]:
    """A notice: info, success, warning or error; the last two and success are announced."""
    kind = kind if kind in KINDS else "info"
    role = {"success": "status", "error": "alert"}.get(kind, "")
    return {"kind": kind, "text": text, "role": role}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*parts: Any) -> dict[str, Any]:
    """The way to the page: address, text, address, text … from the outermost in; the page itself is left out."""
    return {"steps": list(zip(parts[::2], parts[1::2], strict=True))}


@register.simple_tag(takes_context=True)
def page_address(context: RequestContext, wanted: int) -> str:
    """The address of another page of the same list: everything else that was asked for is kept."""
    query = context["request"].GET.copy()
    query["page"] = str(wanted)
    return f"?{query.urlencode()}"
