"""Certificates of attendance."""

from django.db import models
from django.db.models import Q

from kazipot.foundation.credentials.models import Credential
from kazipot.organisation.models import Person
from kazipot.training.models.sessions import Session


class AttendanceCertificate(models.Model):
    """The credential that attests that a person was at a session. When attendance is corrected it is revoked and stands
    no more (`stands`); a person who was there after all gets a new one."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="+")
    stands = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], condition=Q(stands=True), name="attendance_certificate_once"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="attendance_cert_by_person")]
