"""The watch on digital development: quarterly notes, their proposals, and the Service's digest."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.choices import Fate
from kazipot.framework.models import Competence
from kazipot.organisation.models import Person, Unit


class Quarterly(models.Model):
    """Something of a quarter of a year."""

    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True


class WatchNote(Quarterly):
    """What is new in a field and what it means for a unit. `search` is its whole text, folded."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(_("field"), max_length=32)
    title = models.CharField(_("title"), max_length=200)
    news = models.TextField(_("what is new"), max_length=4000)
    meaning = models.TextField(_("what it means here"), max_length=4000)
    written_at = models.DateTimeField()
    search = models.TextField()

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="note_quarter")]
        indexes = [models.Index(fields=["year", "quarter", "unit"], name="note_by_quarter")]


class NoteCompetence(models.Model):
    """A competence that a note speaks of."""

    note = models.ForeignKey(WatchNote, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["note", "competence"]
        constraints = [models.UniqueConstraint(fields=["note", "competence"], name="note_competence_once")]


class NoteTag(models.Model):
    """A digital solution that a note speaks of, as its author wrote it, and folded so that spellings meet."""

    note = models.ForeignKey(WatchNote, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=80)

    class Meta:
        ordering = ["note", "id"]
        constraints = [models.UniqueConstraint(fields=["note", "folded"], name="note_tag_once")]
        indexes = [models.Index(fields=["folded"], name="note_tag_by_name")]


class Proposal(models.Model):
    """What a note proposes, and what became of it."""

    note = models.OneToOneField(WatchNote, on_delete=models.CASCADE, related_name="proposal")
    text = models.TextField(_("proposal"), max_length=2000)
    fate = models.CharField(max_length=8, choices=Fate.choices, default=Fate.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["note"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(fate=Fate.DECLINED) | ~Q(reason=""), name="proposal_declined_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["fate"], name="proposal_by_fate")]


class WatchDigest(Quarterly):
    """A quarter's notes, gathered: fixed when published, with a digest (SHA-256) that shows that they stayed so."""

    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="watch_digest_once"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="watch_digest_quarter"),
        ]
