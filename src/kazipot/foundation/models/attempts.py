"""Codes that nobody holds, typed or guessed; kept for an hour, so that guessing can be stopped."""

from django.db import models


class WrongCode(models.Model):
    """Somebody on a network (`place`, a keyed digest of its address) tried a code that is none."""

    place = models.CharField(max_length=64)
    tried_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["place", "tried_at"], name="guess_by_place")]
