"""Records of the count: what an indicator was on a day, kept as evidence."""

from django.db import models


class IndicatorSnapshot(models.Model):
    """What an indicator was as of a day, as computed at a moment. Rows are added and never changed.

    `scope` is "whole", "kind:<kind>" or "unit:<employer code>/<unit code>"; `digest` is SHA-256 over the sorted
    evidence ids, so that a later computation can be compared without keeping anyone's records.
    """

    indicator = models.CharField(max_length=16)
    as_of = models.DateField()
    computed_at = models.DateTimeField()
    scope = models.CharField(max_length=100)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    status = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["indicator", "scope", "as_of", "id"]
        indexes = [models.Index(fields=["indicator", "scope", "as_of"], name="snapshot_by_indicator")]
