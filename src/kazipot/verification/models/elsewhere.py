"""Learning platforms that report what people have done, and what they reported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Person
from kazipot.verification.models.duty import TrainingDone
from kazipot.verification.models.results import Verification


class LearningSource(models.Model):
    """A platform that may send statements, by a token of which only the digest is kept.

    `counts_as` says what its activities are: {id of the activity, or the beginning of ids: "training" or
    "verification"}; what isn't named there counts as nothing.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    token_digest = models.CharField(max_length=64, unique=True)
    counts_as = models.JSONField(default=dict)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]


class Statement(models.Model):
    """A statement that was received, by its id, so that the same one twice is one; what it said isn't kept.

    `digest` tells whether a statement with the same id says the same. What came of it is a training or a verification,
    or nothing.
    """

    source = models.ForeignKey(LearningSource, on_delete=models.PROTECT, related_name="+")
    statement_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    training = models.ForeignKey(TrainingDone, null=True, on_delete=models.PROTECT, related_name="+")
    verification = models.ForeignKey(Verification, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at", "-id"]
