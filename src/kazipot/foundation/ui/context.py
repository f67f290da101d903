"""What every page knows about itself."""

from django.conf import settings
from django.http import HttpRequest

from kazipot.foundation import clock


def page(request: HttpRequest) -> dict[str, object]:
    """Whether the data is invented, and the day on which the calendar stands."""
    return {"is_demo": settings.KAZIPOT_DEMO, "fixed_today": clock.fixed_today()}
