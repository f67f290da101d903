"""A file of answers collected elsewhere waits for its mapping and its confirmation; then nothing of it stays."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.errors import Problem
from kazipot.foundation.models import User
from kazipot.needs.choices import CampaignStatus, Privacy
from kazipot.needs.errors import (
    AnsweringIsOver,
    AnswersOutdated,
    AnswersSettled,
    MappingNameTaken,
    MappingOfAnother,
    NobodyKnowsWhose,
    NoRowToTake,
    NotOpen,
    RowsNamed,
)
from kazipot.needs.models import AnswerMapping, AnswerUpload, Campaign
from kazipot.needs.operations.responses import Submission, submit_responses

FORGOTTEN_AFTER = timedelta(days=1)
"""Answers in a file that nobody confirmed are deleted after this time."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a file would bring: the answers that can be taken, and why other rows can't."""

    submissions: tuple[Submission, ...]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def refused(self) -> int:
        """How many rows can't be taken."""
        return self.rows - len(self.submissions)

    def fingerprint(self) -> str:
        """A short text that differs when other answers would be taken, or other rows left out."""
        told: list[object] = [
            (
                one.invitation_id,
                one.at.isoformat(),
                sorted(one.answers.items(), key=lambda pair: pair[0]),
                sorted(one.items.items()),
            )
            for one in self.submissions
        ]
        told += [(problem.row, problem.field, problem.value) for problem in self.problems]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def refuse_answers_of(campaign: Campaign) -> None:
    """Raises NobodyKnowsWhose, NotOpen or AnsweringIsOver unless the campaign takes answers from a file."""
    if campaign.privacy == Privacy.ANONYMOUS:
        raise NobodyKnowsWhose
    if campaign.status == CampaignStatus.DRAFT:
        raise NotOpen
    if campaign.status == CampaignStatus.CLOSED:
        raise AnsweringIsOver(campaign.closes_on)


def forget_answer_files(*, at: datetime) -> int:
    """Delete the content of files that wait too long; returns of how many. Workers do this."""
    waiting = AnswerUpload.objects.filter(uploaded_at__lt=at - FORGOTTEN_AFTER, content__isnull=False)
    return waiting.update(content=None, mapping={})


@transaction.atomic
def keep_answer_file(*, campaign_id: int, filename: str, content: bytes, at: datetime, actor: User) -> AnswerUpload:
    """Keep a file until it is confirmed. Raises NobodyKnowsWhose, NotOpen, AnsweringIsOver."""
    campaign = Campaign.objects.get(pk=campaign_id)
    refuse_answers_of(campaign)
    forget_answer_files(at=at)
    return AnswerUpload.objects.create(
        user=actor, campaign=campaign, uploaded_at=at, filename=filename[:200], content=content
    )


@transaction.atomic
def map_answer_file(
    *, upload_id: int, mapping: dict[str, Any], save_as: str = "", at: datetime, actor: User
) -> AnswerUpload:
    """Settle what a waiting file's columns and values mean, and keep the mapping under a name if one is given.

    A mapping of the same questionnaire and name is replaced. Raises AnswersSettled, MappingOfAnother.
    """
    upload = lock(AnswerUpload.objects.filter(pk=upload_id)).select_related("campaign__questionnaire").get()
    if upload.content is None:
        raise AnswersSettled
    upload.mapping = mapping
    upload.save(update_fields=["mapping"])
    if save_as:
        _save(upload.campaign, save_as, mapping, at, actor)
    return upload


def _save(campaign: Campaign, name: str, mapping: dict[str, Any], at: datetime, actor: User) -> None:
    questionnaire_id = campaign.questionnaire.questionnaire_id
    made, new = AnswerMapping.objects.get_or_create(
        name=name,
        defaults={
            "questionnaire_id": questionnaire_id,
            "kind": mapping["kind"],
            "content": mapping,
            "made_at": at,
            "made_by": actor,
        },
    )
    if made.questionnaire_id != questionnaire_id:
        raise MappingOfAnother
    if not new:
        made.kind, made.content, made.made_at, made.made_by = mapping["kind"], mapping, at, actor
        made.save(update_fields=["kind", "content", "made_at", "made_by"])
    audit.record("needs.save_answer_mapping", made, actor=actor, at=at, name=name)


@transaction.atomic
def rename_mapping(*, mapping_id: int, name: str, at: datetime, actor: User | None) -> AnswerMapping:
    """Call a saved mapping otherwise. Raises MappingNameTaken."""
    mapping = lock(AnswerMapping.objects.filter(pk=mapping_id)).get()
    if AnswerMapping.objects.filter(name=name).exclude(pk=mapping_id).exists():
        raise MappingNameTaken
    before, mapping.name = mapping.name, name
    mapping.save(update_fields=["name"])
    audit.record("needs.rename_answer_mapping", mapping, actor=actor, at=at, before=before, name=name)
    return mapping


@transaction.atomic
def delete_mapping(*, mapping_id: int, at: datetime, actor: User | None) -> None:
    """Delete a saved mapping; answers that were taken with it stay."""
    mapping = lock(AnswerMapping.objects.filter(pk=mapping_id)).get()
    audit.record("needs.delete_answer_mapping", mapping, actor=actor, at=at, name=mapping.name)
    mapping.delete()


@transaction.atomic
def take_answers(
    *, upload_id: int, collected: Collected, shown: str, leave_out: bool, at: datetime, actor: User
) -> AnswerUpload:
    """Take a file's answers: all rows, or those that can be taken if the others may be left out.

    `shown` is the fingerprint of what the person saw. The file's content and mapping are deleted with it. Raises
    AnswersSettled, AnswersOutdated, RowsNamed, NoRowToTake, and what `submit_responses` raises.
    """
    upload = lock(AnswerUpload.objects.filter(pk=upload_id)).select_related("campaign").get()
    if upload.content is None:
        raise AnswersSettled
    refuse_answers_of(upload.campaign)
    if collected.fingerprint() != shown:
        raise AnswersOutdated
    if not collected.submissions:
        raise NoRowToTake
    if collected.problems and not leave_out:
        raise RowsNamed
    submit_responses(submissions=collected.submissions, at=at, actor=actor)
    upload.content, upload.mapping, upload.taken_at = None, {}, at
    upload.taken, upload.left_out = len(collected.submissions), collected.refused
    upload.save(update_fields=["content", "mapping", "taken_at", "taken", "left_out"])
    audit.record(
        "needs.take_answers", upload.campaign, actor=actor, at=at, people=upload.taken, left_out=upload.left_out
    )  # fmt: skip
    return upload
