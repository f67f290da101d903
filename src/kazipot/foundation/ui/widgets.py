"""Widgets that Django's own forms lack."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """A date as the browser asks for it; it sends 2026-12-31 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day as the browser asks for it; it sends 13:05 in every language."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
