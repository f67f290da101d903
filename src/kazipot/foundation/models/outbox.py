"""Outgoing mail, kept in the same transaction as the act that causes it and sent by a worker."""

from django.db import models


class OutgoingMessage(models.Model):
    """One message. `key` makes it unique: the same act twice sends one mail.

    `reply_to` may hold the secret by which a reply is placed; `calendar` is an invitation (iCalendar).
    A worker leases a message for a while before it sends it; a lease that ran out may be taken by another.
    """

    key = models.CharField(max_length=128, unique=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    reply_to = models.CharField(max_length=254, blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(sent_at=None), name="outbox_due"),
        ]
