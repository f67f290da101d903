"""What the menu offers to whom."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    """The rooms that the person asking may enter."""
    return {"navigation": []}
