"""What was forecast on which day."""

from django.db import models


class YearOutlook(models.Model):
    """The forecast of a year's M3 as of a day, in numbers (`queries.outlook`). `is_stale`: something was planned since,
    and workers are to work it out anew."""

    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    result = models.JSONField()
    is_alert = models.BooleanField()
    is_stale = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-as_of"]
        constraints = [models.UniqueConstraint(fields=["year", "as_of"], name="year_outlook_once_a_day")]
