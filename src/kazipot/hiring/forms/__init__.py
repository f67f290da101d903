"""Forms of M4; they check what was typed, the operations check the rules."""

from kazipot.hiring.forms.candidates import CandidateForm, ChooseForm, HireForm, ShowingForm
from kazipot.hiring.forms.drafts import BecauseForm, DraftForm, PublishForm, TextForm
from kazipot.hiring.forms.postings import DemandsForm, PostingForm, WithdrawForm

__all__ = [
    "BecauseForm",
    "CandidateForm",
    "ChooseForm",
    "DemandsForm",
    "DraftForm",
    "HireForm",
    "PostingForm",
    "PublishForm",
    "ShowingForm",
    "TextForm",
    "WithdrawForm",
]
