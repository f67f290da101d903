"""Certificates of passed verifications."""

from django.db import models

from kazipot.foundation.credentials.models import Credential
from kazipot.verification.models.results import Verification


class Certificate(models.Model):
    """The credential that attests a result; made when the person first asks for it."""

    verification = models.OneToOneField(Verification, on_delete=models.PROTECT, related_name="+")
    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
