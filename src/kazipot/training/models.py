"""Records of M3: from a provider's course to a person's seat and attendance."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence, Framework
from kazipot.organisation.models import Employer, Person, Unit
from kazipot.training.choices import (
    Language,
    OfferReason,
    OfferState,
    PlanFailure,
    PlanStage,
    PlanStatus,
    ProviderKind,
    SessionStatus,
)


class Provider(models.Model):
    """Who gives training: a company, the university, a research institution, or the city itself."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=ProviderKind.choices)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """What can be learnt: competences, each from one level to another (0 to 4)."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    title_sl = models.CharField(_("title in Slovenian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    is_digital_security = models.BooleanField(_("counts as digital-security training"), default=False)

    class Meta:
        ordering = ["code"]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_sl


class CourseCompetence(models.Model):
    """A course leads in one competence from a level to a higher one."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["course", "competence"]
        constraints = [
            models.UniqueConstraint(fields=["course", "competence"], name="course_competence_once"),
            models.CheckConstraint(condition=Q(from_level__lt=F("to_level"), to_level__lte=4), name="course_levels"),
        ]


class Session(models.Model):
    """A course at a time and place, with so many seats."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=200)
    capacity = models.PositiveIntegerField(_("seats"))
    min_people = models.PositiveIntegerField(_("least number of people"), default=1)
    price_fixed = models.DecimalField(_("price of the session"), max_digits=12, decimal_places=2, default=0)
    price_per_head = models.DecimalField(_("price for each person"), max_digits=12, decimal_places=2, default=0)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.SLOVENIAN)
    status = models.CharField(_("status"), max_length=16, choices=SessionStatus.choices, default=SessionStatus.PLANNED)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="session_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_seats"),
            models.CheckConstraint(condition=Q(min_people__lte=F("capacity")), name="session_minimum_fits"),
            models.CheckConstraint(condition=Q(price_fixed__gte=0, price_per_head__gte=0), name="session_prices"),
        ]
        indexes = [models.Index(fields=["starts_on"], name="session_by_day")]


class SeatOffer(models.Model):
    """A personal offer of a seat, and what the person said to it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=OfferReason.choices)
    state = models.CharField(max_length=16, choices=OfferState.choices, default=OfferState.OFFERED)
    token_digest = models.CharField(max_length=64, unique=True)
    offered_at = models.DateTimeField()
    offered_on = models.DateField()
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="seat_offer_once")]
        indexes = [
            models.Index(fields=["person", "session"], name="seat_offer_by_person"),
            models.Index(fields=["session", "state"], name="seat_offer_by_state"),
        ]


class Attendance(models.Model):
    """Whether a person was at a session that took place."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    attended = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="attendance_once")]
        indexes = [models.Index(fields=["person"], name="attendance_by_person")]


class TrainingPlan(models.Model):
    """A year's question to the allocation and its answer: which sessions to buy, and who is offered a seat.

    `input` is the instance as docs/methods/allocation.md describes it, with pseudonymous ids; `digest` its SHA-256.
    A worker leases a plan while it works on it; a lease that ran out may be taken by another.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    as_of = models.DateField()
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2)
    seed = models.PositiveBigIntegerField(_("seed"))
    rules = models.JSONField()
    input = models.TextField()
    digest = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    sessions = models.PositiveIntegerField()
    reached_before = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=PlanStatus.choices, default=PlanStatus.WAITING)
    stage = models.CharField(max_length=16, choices=PlanStage.choices, default=PlanStage.NONE, blank=True)
    failure = models.CharField(max_length=16, choices=PlanFailure.choices, default=PlanFailure.NONE, blank=True)
    result = models.JSONField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="training_plan_has_money"),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.DONE) | Q(result__isnull=False), name="training_plan_done_has_result"
            ),
        ]
        indexes = [models.Index(fields=["status", "id"], name="training_plan_by_status")]

    @property
    def reached(self) -> int | None:
        """People reached; None while there is no plan."""
        return self.result["plan"]["objectives"]["reached"] if self.result and "plan" in self.result else None


class PlannedOutcome(models.Model):
    """What a plan gives a person and why, in the words of `core.allocation.explanation.Outcome`."""

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_reached = models.BooleanField()
    outcome = models.JSONField()

    class Meta:
        ordering = ["plan", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="planned_outcome_once")]
        indexes = [models.Index(fields=["plan", "is_reached", "id"], name="planned_outcome_by_plan")]
