"""Forms of M4; they check what was typed, the operations check the rules."""

from kazipot.hiring.forms.candidates import CandidateForm, ChooseForm, HireForm, ShowingForm
from kazipot.hiring.forms.drafts import BecauseForm, DraftForm, PublishForm, TextForm
from kazipot.hiring.forms.postings import DemandsForm, PostingForm, WithdrawForm
from kazipot.hiring.forms.profiles import ApproveForm, PositionsForm

__all__ = [
    "ApproveForm",
    "BecauseForm",
    "CandidateForm",
    "ChooseForm",
    "DemandsForm",
    "DraftForm",
    "HireForm",
    "PositionsForm",
    "PostingForm",
    "PublishForm",
    "ShowingForm",
    "TextForm",
    "WithdrawForm",
]
