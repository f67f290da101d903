"""Seats: offered to a person, used or not."""

from django.db import models

from kazipot.organisation.models import Employer, Person, Unit
from kazipot.training.choices import AttendanceSource, DeclineReason, OfferReason, OfferState
from kazipot.training.models.sessions import Session


class SeatOffer(models.Model):
    """A personal offer of a seat, and what the person said to it. `reminded_at`: of the answer; `announced_at`: of the
    session, shortly before it. `stay` grows when the seat is moved to another session."""

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
    declined_because = models.CharField(max_length=16, choices=DeclineReason.choices, blank=True)
    reminded_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)
    stay = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["session", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="seat_offer_once")]
        indexes = [
            models.Index(fields=["person", "session"], name="seat_offer_by_person"),
            models.Index(fields=["session", "state"], name="seat_offer_by_state"),
        ]


class Attendance(models.Model):
    """Whether a person was at a session that took place; how that became known, and why it was corrected (if it was).

    While the session goes on there are rows of those who have signed in; once it is held, of everybody with a seat.
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    attended = models.BooleanField()
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=AttendanceSource.choices, default=AttendanceSource.PAGE)
    corrected_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["session", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="attendance_once")]
        indexes = [models.Index(fields=["person"], name="attendance_by_person")]
