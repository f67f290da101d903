"""Accounts: who signs in, and in which language they read."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. What it may do follows from roles granted in `organisation`, not from Django groups."""

    language = models.CharField(
        _("language"), max_length=2, choices=[("sl", "slovenščina"), ("en", "English")], default="sl"
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
