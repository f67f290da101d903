"""What every page knows about itself."""

from django.conf import settings
from django.http import HttpRequest

from kazipot import __version__
from kazipot.foundation import clock


def page(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 (the signature of a context processor)
    """Whether the data is invented, the day on which the calendar stands, and the version."""
    return {"is_demo": settings.KAZIPOT_DEMO, "fixed_today": clock.fixed_today(), "version": __version__}
