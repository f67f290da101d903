"""Questions and answers. A thread is read by its parties only: who asked, and who holds it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.choices import MessageKind
from kazipot.organisation.models import Person, Unit


class Thread(models.Model):
    """A question. `holder` answers it (None: the Service); `passed_on`: somebody gave it to them on purpose."""

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    passed_on = models.BooleanField(default=False)
    subject = models.CharField(_("subject"), max_length=200)
    waits = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(holder=None) | ~Q(holder=F("asker")), name="thread_of_two"),
        ]
        indexes = [
            models.Index(fields=["holder", "closed_at"], name="thread_by_holder"),
            models.Index(fields=["asker", "last_at"], name="thread_by_asker"),
        ]


class ThreadMessage(models.Model):
    """One message; without an author the Service wrote it. `dropped`: attachments that were not taken over."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=MessageKind.choices, default=MessageKind.WRITTEN)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    handed_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=20_000, blank=True)
    at = models.DateTimeField()
    by_mail = models.BooleanField(default=False)
    dropped = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["at", "id"]


class ReplyKey(models.Model):
    """The secret of a reply address: whose reply, to which thread (None: to an announcement). Kept as a digest."""

    token_digest = models.CharField(max_length=64, unique=True)
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, user__isnull=False) | Q(person__isnull=False, user=None),
                name="reply_key_of_one",
            ),
        ]


class Announcement(models.Model):
    """What the Service tells all advisors."""

    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=10_000)
    published_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_at", "-id"]
