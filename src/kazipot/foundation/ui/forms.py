"""How forms are drawn: our templates around Django's widgets, with the design system's classes."""

from typing import Any

from django.forms.renderers import TemplatesSetting

CLASSES = {
    "text": "usa-input",
    "email": "usa-input",
    "password": "usa-input",
    "number": "usa-input",
    "date": "usa-input",
    "time": "usa-input",
    "search": "usa-input",
    "url": "usa-input",
    "tel": "usa-input",
    "file": "usa-input",
}


class Renderer(TemplatesSetting):
    """Draws a form with an error summary on top, and each field with its label, hint and errors tied to it."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """As Django does it, after giving the widget its class."""
        widget = context.get("widget")
        if widget is not None:
            _dress(widget, template_name)
            if template_name in {"django/forms/widgets/radio.html", "django/forms/widgets/checkbox_select.html"}:
                template_name = "ui/forms/choices.html"
        return super().render(template_name, context, request)


def _dress(widget: dict[str, Any], template_name: str) -> None:
    """Add the design system's class to a widget, beside its own."""
    style = CLASSES.get(str(widget.get("type", "")), "")
    if template_name.endswith("/select.html"):
        style = "usa-select"
    elif template_name.endswith("/textarea.html"):
        style = "usa-textarea"
    if style:
        attributes = widget.setdefault("attrs", {})
        if attributes.get("aria-invalid"):
            style = f"{style} usa-input--error"
        attributes["class"] = f"{attributes.get('class', '')} {style}".strip()
