"""A posting's text in its versions, what the check found in each, and who let a posting pass in spite of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kazipot.hiring.choices import Verdict
from kazipot.hiring.models.postings import Posting


class PostingText(models.Model):
    """A version of the text with what the check found: [{code, level, strength, evidence, places}]."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("text of the posting"), max_length=30_000)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    findings = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["posting", "number"]
        constraints = [models.UniqueConstraint(fields=["posting", "number"], name="posting_text_number_once")]


class Override(models.Model):
    """A posting was published without selected requirements, by somebody with the right, for a reason."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, related_name="override")
    reason = models.CharField(_("reason"), max_length=500)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    overridden_at = models.DateTimeField()

    class Meta:
        ordering = ["-overridden_at", "-id"]
