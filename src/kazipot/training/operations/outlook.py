"""Forecasts of the year are kept, and the Service is told once when the target comes into danger."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit, outbox
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.foundation.ui.templatetags.ui import percent
from kazipot.organisation import queries as organisation
from kazipot.training import queries
from kazipot.training.models import YearOutlook


@transaction.atomic
def keep_outlook(*, year: int, on: date, result: dict[str, Any], at: datetime) -> YearOutlook:
    """Keep the day's forecast in place of an earlier one of that day. When it alerts and the one before did not, who is
    in the Digitalisation Service gets one mail, however often this is said."""
    is_alert = bool(result["needing"]) and result["chance"] < queries.outlook_rules().alert_below
    before = queries.outlooks(year).filter(as_of__lte=on).first()
    kept, _made = YearOutlook.objects.update_or_create(
        year=year,
        as_of=on,
        defaults={"result": result, "is_alert": is_alert, "is_stale": False, "made_at": at},
    )
    audit.record("training.keep_outlook", kept, actor=None, at=at, year=year, chance=result["chance"], alert=is_alert)
    if is_alert and (before is None or not before.is_alert):
        outbox.enqueue_many(_alerts(kept), at=at)
    return kept


@transaction.atomic
def ask_outlook_anew(*, year: int, at: datetime, actor: User | None) -> bool:
    """Something was planned: workers are to forecast anew. False when there is no forecast of the year yet."""
    latest = queries.outlooks(year).first()
    if latest is None:
        return False
    YearOutlook.objects.filter(pk=latest.pk).update(is_stale=True)
    audit.record("training.ask_outlook_anew", latest, actor=actor, at=at, year=year)
    return True


def _alerts(kept: YearOutlook) -> list[outbox.Message]:
    told = kept.result
    address = settings.KAZIPOT_ADDRESS.rstrip("/") + reverse("training:outlook")
    mails = []
    for user in organisation.users_with_role(Role.SERVICE, on=kept.as_of):
        if not user.email:
            continue
        with override(user.language):
            subject = _("Training in %(year)s: the target is in danger") % {"year": kept.year}
            body = _(
                "By the forecast, %(low)s to %(high)s of those who need training will have had the opportunity by the "
                "end of the year; the target is %(target)s. The chance to reach it is %(chance)s.\n\nWhat helps, and "
                "until when:\n%(address)s\n"
            ) % {
                "low": percent(round(told["reached_at_end"]["p10"] / told["needing"], 3)),
                "high": percent(round(told["reached_at_end"]["p90"] / told["needing"], 3)),
                "target": percent(told["target"]),
                "chance": percent(round(told["chance"], 2)),
                "address": address,
            }
        key = f"training.outlook.{kept.year}.{kept.as_of.isoformat()}.{user.pk}"
        mails.append(outbox.Message(key, user.email, subject, body))
    return mails
