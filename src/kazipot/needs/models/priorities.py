"""How important a competence is, when the city says so; otherwise it follows from what posts ask for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence


class Importance(models.Model):
    """Somebody's weight of a competence, with the reason; the latest one holds, without percent none does any more."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(_("importance in percent"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    set_at = models.DateTimeField()
    set_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["competence", "set_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(percent=None) | Q(percent__lte=100), name="importance_at_most_all")
        ]
