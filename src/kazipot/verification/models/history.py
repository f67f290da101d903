"""What happened to an item, and what its reviewers said. Rows are added and never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kazipot.verification.choices import ItemState, Verdict
from kazipot.verification.models.bank import ItemVersion


class ItemEvent(models.Model):
    """A step of a version's life: from which state into which, by whom, when and why."""

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=16, choices=ItemState.choices, blank=True)
    after = models.CharField(max_length=16, choices=ItemState.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["version", "-at", "-id"]
        indexes = [models.Index(fields=["version", "-at", "-id"], name="item_event_by_time")]


class ItemReview(models.Model):
    """What a reviewer said of a version. It counts for the content that was read (`digest`), not for later ones."""

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["version", "-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "reviewer", "digest"], name="item_review_once"),
        ]
