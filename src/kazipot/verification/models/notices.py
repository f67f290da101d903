"""Verification weeks, who is invited to them, and what people were told."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Employer, Person, Unit
from kazipot.verification.choices import NoticeKind


class Week(models.Model):
    """Days on which people are invited to the test: when it opens and closes, and whose people. None chosen: all."""

    title = models.CharField(_("name"), max_length=100)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    lapsing_by = models.DateField(_("whose proof lapses by"))
    employers = models.ManyToManyField(Employer, related_name="+", blank=True)
    invited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="week_closes_after_it_opens"),
        ]


class Invitation(models.Model):
    """A person is invited to a week. Whether they came is told by the records of verifications alone."""

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    by_mail = models.BooleanField()
    reminded_at = models.DateTimeField(null=True)
    head_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["week", "id"]
        constraints = [models.UniqueConstraint(fields=["week", "person"], name="week_invitation_once")]
        indexes = [models.Index(fields=["week", "unit"], name="week_invitation_by_unit")]


class Notice(models.Model):
    """A person was told something about a day, once: that a proof lapses, that it is overdue, that they are done."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=NoticeKind.choices)
    about_on = models.DateField()
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["-told_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "about_on"], name="notice_once")]


class BouncedAddress(models.Model):
    """Mail to an address came back. Until the roster brings another one, its person gets paper."""

    email = models.EmailField(unique=True)
    bounced_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-bounced_at", "-id"]
