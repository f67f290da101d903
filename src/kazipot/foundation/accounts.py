"""Every write to an account by its owner."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User


@transaction.atomic
def choose_language(*, user_id: int, language: str, at: datetime) -> None:
    """Remember the language in which the account reads; nothing happens when it is the same as before."""
    user = lock(User.objects.filter(pk=user_id)).get()
    if user.language == language:
        return
    user.language = language
    user.save(update_fields=["language"])
    audit.record("account.choose_language", user, actor=user, at=at, language=language)


@transaction.atomic
def change_password(*, user_id: int, password: str, at: datetime) -> User:
    """Set a new password, which the form has already checked; the trail says that, never what."""
    user = lock(User.objects.filter(pk=user_id)).get()
    user.password = make_password(password)
    user.save(update_fields=["password"])
    audit.record("account.change_password", user, actor=user, at=at)
    return user
