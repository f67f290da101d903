"""A drafted campaign is changed: nobody has been asked yet, so everything about it may still be."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs.choices import CampaignStatus, Privacy
from kazipot.needs.errors import NotADraft, SampleIncomplete
from kazipot.needs.models import Campaign
from kazipot.needs.operations.campaigns import (
    Scope,
    check_days,
    seed_of,
    usable_framework,
    usable_questionnaire,
)


@transaction.atomic
def change_draft(
    *,
    campaign_id: int,
    year: int,
    title_sl: str,
    title_en: str,
    framework_id: int,
    opens_on: date,
    closes_on: date,
    scope: Scope,
    questionnaire_id: int | None = None,
    privacy: str = Privacy.CONFIDENTIAL,
    reminder_days: Sequence[int] = (7, 2),
    at: datetime,
    actor: User | None,
) -> Campaign:
    """Everything about a draft anew; a sample keeps its seed while its size and groups stay.

    Raises NotADraft and what `draft_campaign` raises.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    if campaign.status != CampaignStatus.DRAFT:
        raise NotADraft
    check_days(year, opens_on, closes_on)
    if (scope.sample_size is None) != (not scope.sample_by):
        raise SampleIncomplete
    is_same_sample = (scope.sample_size, scope.sample_by) == (campaign.sample_size, campaign.sample_by)
    if not is_same_sample:
        campaign.sample_seed = seed_of(scope)
    campaign.framework = usable_framework(framework_id, year, besides=campaign.pk)
    campaign.questionnaire = usable_questionnaire(questionnaire_id, at)
    campaign.year, campaign.title_sl, campaign.title_en = year, title_sl, title_en
    campaign.opens_on, campaign.closes_on, campaign.privacy = opens_on, closes_on, privacy
    campaign.kinds, campaign.population_on = sorted(scope.kinds), scope.population_on
    campaign.sample_size, campaign.sample_by = scope.sample_size, scope.sample_by
    campaign.reminder_days = sorted(set(reminder_days), reverse=True)
    campaign.save()
    campaign.employers.set(scope.employer_ids)
    campaign.units.set(scope.unit_ids)
    campaign.profiles.set(scope.profile_ids)
    audit.record(
        "needs.change_draft", campaign, actor=actor, at=at, year=year, privacy=privacy, sample=scope.sample_size,
        employers=len(scope.employer_ids),
    )  # fmt: skip
    return campaign
