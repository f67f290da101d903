"""Sittings of the test, so kept that each can be gone through again: what was settled at the start, and every step."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Employer, Person
from kazipot.verification.choices import Purpose, SittingState, TalkOutcome, TalkReason
from kazipot.verification.models.bank import ItemVersion
from kazipot.verification.models.results import Verification


class Pool(models.Model):
    """The questions from which sittings choose, frozen with their parameters; sittings with the same share a row.

    `content` is never changed and `digest` is SHA-256 over it. `chances`: with which chance each question may be shown
    in the next sitting, in the order of `content["items"]`; workers count anew what was shown (`counted_at`).
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    chances = models.JSONField(default=list)
    made_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]


class Sitting(models.Model):
    """One person's test or practice; a candidate's test has no person, only a number (`models.candidates`).

    Settled at the start and never changed: `rules` (pass mark, error rates, lengths) by the standard's `version`, the
    `pool` with its parameters, the `seed`, and `held_back`, the questions that this sitting leaves out.
    `more_time`: so many per cent of the usual time.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose.choices)
    state = models.CharField(_("state"), max_length=16, choices=SittingState.choices, default=SittingState.OPEN)
    language = models.CharField(_("language"), max_length=2)
    standard = models.PositiveSmallIntegerField()
    rules = models.JSONField()
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    held_back = models.JSONField(default=list)
    more_time = models.PositiveSmallIntegerField(_("time"), default=100)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    passed = models.BooleanField(null=True)
    ability = models.FloatField(null=True)
    uncertainty = models.FloatField(null=True)
    verification = models.OneToOneField(Verification, null=True, on_delete=models.PROTECT, related_name="+")
    looked_over_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(state=SittingState.OPEN), name="sitting_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state=SittingState.OPEN, ended_at=None)
                | (~Q(state=SittingState.OPEN) & Q(ended_at__gte=F("started_at"))),
                name="sitting_ends",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.CANDIDATE, person=None)
                | (~Q(purpose=Purpose.CANDIDATE) & Q(person__isnull=False)),
                name="sitting_of_a_person_or_a_candidate",
            ),
            models.CheckConstraint(
                condition=Q(verification=None) | Q(purpose=Purpose.VERIFICATION), name="sitting_practice_counts_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "purpose"], name="sitting_by_person"),
            models.Index(fields=["pool", "state"], name="sitting_by_pool"),
        ]


class Step(models.Model):
    """A question of a sitting: the version shown, in which order (`seed`), when, and what was answered.

    `token` stands in the form, so that a form of another sitting, or of an earlier time, is recognised. A step that
    was answered is never changed. `scored`: no for a question that is only tried out.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    scored = models.BooleanField(default=True)
    seed = models.BigIntegerField()
    token = models.CharField(max_length=32)
    shown_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)
    points = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["sitting_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "number"], name="step_once"),
            models.UniqueConstraint(fields=["sitting", "version"], name="step_shows_nothing_twice"),
            models.UniqueConstraint(fields=["sitting"], condition=Q(answered_at=None), name="step_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer__isnull=True, points=None)
                | Q(answered_at__isnull=False, answer__isnull=False, points__isnull=False),
                name="step_answered_as_a_whole",
            ),
        ]


class AccessCode(models.Model):
    """A person's way to the test without an account: the digest of a code on a slip or of a link in mail.

    A newer code takes the place of an older one. Valid through `valid_until`.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    valid_until = models.DateField()


class Talk(models.Model):
    """Somebody should talk with a person about a sitting that went oddly. Nothing follows from it by itself.

    What was noticed is kept in words' figures only (`noticed`), never the answers or the result.
    """

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("what was noticed"), max_length=16, choices=TalkReason.choices)
    noticed = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=16, choices=TalkOutcome.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="talk_closed_with_an_outcome",
            )
        ]
