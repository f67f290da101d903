"""Candidates under a number: the commission sees what each showed, and the name only after it has decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.hiring.choices import Showing
from kazipot.hiring.models.postings import Posting, PostingDemand
from kazipot.organisation.models import Person


class Candidate(models.Model):
    """A candidate for a posting. The name is sealed and never searchable; it goes when the posting's term is over.

    `test_passed`: what the test of digital security came to, by a code without a name (None: not taken to its end).
    `person`: who the chosen candidate became on the roster. `forgotten_at`: when name and code were deleted.
    """

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="candidates")
    number = models.PositiveSmallIntegerField(_("number"))
    sealed_name = models.BinaryField(null=True)
    chosen = models.BooleanField(default=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    test_passed = models.BooleanField(_("test of digital security"), null=True)
    tested_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["posting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "number"], name="candidate_number_once"),
            models.UniqueConstraint(fields=["posting"], condition=Q(chosen=True), name="candidate_one_chosen"),
        ]


class CandidateShowing(models.Model):
    """What a candidate showed of something demanded, and how (a task, a question, a test)."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="showings")
    demand = models.ForeignKey(PostingDemand, on_delete=models.CASCADE, related_name="+")
    showing = models.CharField(max_length=16, choices=Showing.choices)
    how = models.CharField(_("how"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["candidate", "demand"]
        constraints = [models.UniqueConstraint(fields=["candidate", "demand"], name="candidate_showing_once")]
