"""Days on which a unit that must have an advisor has none, and who was told."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.choices import VacancyCause
from kazipot.organisation.models import Unit


class EscalationStep(models.Model):
    """Who is told when a place has been vacant for so many days, after the unit's head, who is told at once."""

    title = models.CharField(_("office"), max_length=100)
    email = models.EmailField(_("e-mail"))
    after_days = models.PositiveIntegerField(_("after so many days"))

    class Meta:
        ordering = ["after_days", "id"]


class Vacancy(models.Model):
    """A unit has had no advisor since a day; closed when it has one again or needs none."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    cause = models.CharField(max_length=8, choices=VacancyCause.choices)
    noticed_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(closed_on=None), name="vacancy_one_open"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("since")), name="vacancy_closes_after_it_opens"
            ),
        ]


class VacancyNotice(models.Model):
    """Somebody was told of a vacancy; nobody is told of the same step twice. `office` is empty for the unit's head."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="notices")
    office = models.CharField(max_length=100, blank=True)
    recipient = models.CharField(max_length=254)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ["told_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "office", "recipient"], name="vacancy_notice_once"),
        ]
