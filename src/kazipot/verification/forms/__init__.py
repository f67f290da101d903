"""Forms of M5; they check what was typed, the operations check the rules."""

from kazipot.verification.forms.exchange import ExportForm, ItemsFileForm
from kazipot.verification.forms.items import (
    BlueprintForm,
    CalibrationForm,
    FilterForm,
    ItemForm,
    PictureForm,
    ReasonForm,
    ReviewForm,
    SourceForm,
    fits_the_form,
)
from kazipot.verification.forms.results import AnnulForm, OfferDutyForm, ResultForm, ResultsFileForm, WhoForm

__all__ = [
    "AnnulForm",
    "BlueprintForm",
    "CalibrationForm",
    "ExportForm",
    "FilterForm",
    "ItemForm",
    "ItemsFileForm",
    "OfferDutyForm",
    "PictureForm",
    "ReasonForm",
    "ResultForm",
    "ResultsFileForm",
    "ReviewForm",
    "SourceForm",
    "WhoForm",
    "fits_the_form",
]
