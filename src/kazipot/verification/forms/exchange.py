"""Forms by which items come from other systems and go to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FORMATS = [("gift", "GIFT"), ("moodle", "Moodle XML"), ("qti", "QTI 3.0")]


class ItemsFileForm(forms.Form):
    """Questions of another system."""

    file = forms.FileField(label=_("File"), help_text=_("GIFT, Moodle XML, or QTI 3.0 or 2.1 (a package or one item)."))
    format = forms.ChoiceField(label=_("Format"), choices=[("", _("as recognised")), *FORMATS], required=False)
    area = forms.ChoiceField(label=_("Area of questions that name none"))
    language = forms.ChoiceField(
        label=_("Language of the texts, unless the file says it"), choices=[("sl", "slovenščina"), ("en", "English")]
    )
    action = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            ("look", _("only show what would come in")),
            ("all", _("save as drafts if every question can be taken")),
            ("partly", _("save as drafts and leave out what cannot be taken")),
        ],
        widget=forms.RadioSelect(),
        initial="look",
    )

    def __init__(self, data: Any = None, files: Any = None, *, areas: list[tuple[str, str]]) -> None:
        super().__init__(data, files)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


class ExportForm(forms.Form):
    """Items for another system."""

    format = forms.ChoiceField(label=_("Format"), choices=FORMATS)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("both", _("both, side by side")), ("sl", "slovenščina"), ("en", "English")],
    )
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data: Any = None, *, areas: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["area"].choices = [("", _("all")), *areas]  # type: ignore[attr-defined]


class AnswersForm(forms.Form):
    """Whose answers are taken for calibration: of which items."""

    kinds = forms.ChoiceField(
        label=_("Which items"), initial="single", widget=forms.RadioSelect,
        choices=[("single", _("without stories, for the models Rasch, 2PL and 3PL")),
                 ("all", _("all items, for the model GPCM"))],
    )  # fmt: skip
