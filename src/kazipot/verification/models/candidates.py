"""The test of a candidate for a job: no name stands here, and nothing of it stays when the posting's term is over."""

from django.db import models

from kazipot.hiring.models import Candidate
from kazipot.verification.models.sittings import Sitting


class CandidateTest(models.Model):
    """A candidate's way to the test, by the digest of a code told once, and the sitting that was begun with it.

    A newer code takes the place of an older one. Valid through `valid_until`.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    valid_until = models.DateField()
    sitting = models.OneToOneField(Sitting, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["candidate"]
