"""Forms of M5; they check what was typed, the operations check the rules."""

from kazipot.verification.forms.duty import (
    AppealForm,
    BounceForm,
    DecisionForm,
    EndExemptionForm,
    ExemptionForm,
    HistoryFileForm,
    LeaveForm,
    PersonForm,
    PlatformForm,
    SpreadForm,
    TermsForm,
    WeekForm,
)
from kazipot.verification.forms.exchange import (
    AnswersForm,
    ExportForm,
    ItemsFileForm,
)
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
from kazipot.verification.forms.results import (
    AnnulForm,
    OfferDutyForm,
    ResultForm,
    ResultsFileForm,
    WhoForm,
)
from kazipot.verification.forms.sittings import (
    CodeForm,
    TalkForm,
)

__all__ = [
    "AnnulForm",
    "AnswersForm",
    "AppealForm",
    "BlueprintForm",
    "BounceForm",
    "CalibrationForm",
    "CodeForm",
    "DecisionForm",
    "EndExemptionForm",
    "ExemptionForm",
    "ExportForm",
    "FilterForm",
    "HistoryFileForm",
    "ItemForm",
    "ItemsFileForm",
    "LeaveForm",
    "OfferDutyForm",
    "PersonForm",
    "PictureForm",
    "PlatformForm",
    "ReasonForm",
    "ResultForm",
    "ResultsFileForm",
    "ReviewForm",
    "SourceForm",
    "SpreadForm",
    "TalkForm",
    "TermsForm",
    "WeekForm",
    "WhoForm",
    "fits_the_form",
]
