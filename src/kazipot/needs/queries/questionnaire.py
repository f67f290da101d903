"""What a person is asked, what they have filled in so far, what they said, and what they said the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from kazipot.core.survey.questionnaire import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    WANTS_TRAINING,
    Asked,
    Item,
    Kind,
    Questionnaire,
    Text,
    Value,
    continued,
    name_of,
)
from kazipot.foundation import sealing
from kazipot.foundation.tokens import digest, plain_code
from kazipot.framework import queries as frameworks
from kazipot.framework.choices import Relation
from kazipot.framework.models import Competence
from kazipot.needs.choices import CampaignStatus, Privacy
from kazipot.needs.models import Answer, Campaign, Invitation, ItemAnswer, ReminderLink, Response, StatedNeed
from kazipot.needs.queries.questionnaires import definition_of

type Answers = dict[str, Value]
"""Answers by name (`core.survey.questionnaire.name_of`)."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a person is asked: the questionnaire and the competences, named in the reader's language."""

    definition: Questionnaire
    asked: tuple[Asked, ...]


def way_of(invitation: Invitation) -> Way:
    """What the person of an invitation is asked. One query."""
    ids = asked_ids(invitation.campaign, invitation.profile_id)
    rows = Competence.objects.filter(framework_id=invitation.campaign.framework_id).select_related("area")
    asked = tuple(
        Asked(
            row.pk,
            row.code,
            row.name,
            row.area.name,
            row.descriptor_en if row.name == row.name_en else row.descriptor_sl,
        )
        for row in rows.order_by("area__position", "position")
        if ids is None or row.pk in ids
    )
    return Way(definition_of(invitation.campaign.questionnaire), asked)


def sample_way(definition: Questionnaire, *, on: date) -> Way:
    """A questionnaire as somebody would be asked whose job profile says nothing. Two queries."""
    framework = frameworks.active_framework(on)
    rows = list(frameworks.competences(framework.pk)) if framework else []
    wanted = definition.base or definition.competences or tuple(row.code for row in rows)
    chosen = [row for row in rows if row.code in wanted] or rows
    return Way(definition, tuple(Asked(row.id, row.code, row.name, row.area_name) for row in chosen))


def competence_names(definition: Questionnaire, *, on: date) -> dict[str, Text]:
    """Names of the competences that may be asked about, for the choices of a file: {code: name}. Two queries."""
    framework = frameworks.active_framework(on)
    rows = Competence.objects.filter(framework=framework) if framework else Competence.objects.none()
    wanted = definition.competences
    return {row.code: Text(row.name_sl, row.name_en) for row in rows if not wanted or row.code in wanted}


def asked_ids(campaign: Campaign, profile_id: int | None) -> frozenset[int] | None:
    """Ids of the competences that people of a job profile are asked about; None: all of the framework."""
    if not campaign.asked:
        return None
    general = campaign.asked.get("", [])
    return frozenset(campaign.asked.get(str(profile_id or ""), general))


def _invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("campaign__questionnaire", "response", "person", "employer")


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation that the holder of this secret may answer, or None. One query, two for a reminder's link.

    Not one with OR: a database answers that by looking at every invitation.
    """
    digests = {digest(token), digest(plain_code(token))}
    reminded = ReminderLink.objects.filter(token_digest__in=digests).values("invitation_id")
    return (
        _invitations().filter(token_digest__in=digests).first() or _invitations().filter(pk__in=reminded).first()
    )  # fmt: skip


def invitation_by_id(invitation_id: int) -> Invitation | None:
    """The invitation, or None. One query."""
    return _invitations().filter(pk=invitation_id).first()


def invitation_of(person_id: int, invitation_id: int) -> Invitation | None:
    """A person's own invitation, or None when it isn't theirs or the campaign was never opened. One query."""
    return _invitations().filter(person_id=person_id, pk=invitation_id).first()


def invitations_of(person_id: int) -> QuerySet[Invitation]:
    """Everything a person was ever asked, the latest first."""
    return _invitations().filter(person_id=person_id).order_by("-invited_at", "-id")


def response_of(invitation: Invitation) -> Response | None:
    """The person's response, or None (always in an anonymous campaign)."""
    found: Response | None = getattr(invitation, "response", None)
    return found


def answered_at(invitation: Invitation) -> datetime | None:
    """When the answers were received; None when they weren't, or when nobody may know."""
    response = response_of(invitation)
    return response.submitted_at if response else None


def has_answered(invitation: Invitation) -> bool:
    """Whether the person has answered, in either mode."""
    return invitation.took_part or response_of(invitation) is not None


def is_open(invitation: Invitation, *, on: date) -> bool:
    """Whether answers would be accepted on the day."""
    campaign = invitation.campaign
    return campaign.status == CampaignStatus.OPEN and on <= campaign.closes_on


def draft_key(secret: str) -> bytes:
    """The key of an anonymous draft, from the person's link or code; the database keeps neither."""
    return sealing.key_from(secret, "needs.draft")


def draft_of(invitation: Invitation, key: bytes | None) -> Answers:
    """What was filled in so far. An anonymous draft needs its key; with another one it is not there."""
    kept = invitation.draft
    if "sealed" in kept:
        try:
            kept = sealing.unseal(bytes.fromhex(kept["sealed"]), key) if key else {}
        except sealing.CannotUnseal:
            return {}
    return {name: _read(value) for name, value in kept.items()}


def kept_draft(answers: Mapping[str, Value], *, privacy: str, key: bytes | None) -> dict[str, Any]:
    """A draft as the record keeps it."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in answers.items()}
    if privacy == Privacy.ANONYMOUS:
        return {"sealed": sealing.seal(plain, key).hex()} if key and plain else {}
    return plain


def _read(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def answers_of(response: Response) -> Answers:
    """What a person answered, by name. Two queries."""
    found: Answers = {}
    for row in Answer.objects.filter(response=response):
        found[name_of(OWN_LEVEL, row.competence_id)] = str(row.own_level)
        found[name_of(NEEDED_LEVEL, row.competence_id)] = str(row.needed_level)
        if row.wants_training:
            found[name_of(WANTS_TRAINING, row.competence_id)] = True
    for item in ItemAnswer.objects.filter(response=response):
        found[name_of(item.key, item.competence_id)] = _read(item.value)
    return found


def needs_of(response: Response) -> dict[int, tuple[int, int]]:
    """The stated needs: {competence id: (from, to)}. One query."""
    return {row.competence_id: (row.from_level, row.to_level) for row in StatedNeed.objects.filter(response=response)}


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a person answered in an earlier year, as far as the same things are asked again in the same words."""

    year: int
    answers: Answers


def earlier_answers(invitation: Invitation) -> Earlier | None:
    """The person's latest answers of an earlier year, said in this campaign's competences; None when there are none.

    An item counts as the same in the same version, a competence when it is the same or exactly corresponds.
    """
    campaign = invitation.campaign
    rows = Response.objects.filter(
        invitation__person=invitation.person_id, invitation__campaign__year__lt=campaign.year
    )
    rows = rows.select_related("invitation__campaign__questionnaire")
    response = rows.order_by("-invitation__campaign__year", "-submitted_at").first()
    if response is None:
        return None
    before = response.invitation.campaign
    same = set(continued(definition_of(campaign.questionnaire), definition_of(before.questionnaire)))
    ids = asked_ids(campaign, invitation.profile_id)
    counterpart = _counterparts(before, campaign)
    found: Answers = {}
    for name, value in answers_of(response).items():
        key, _dash, competence = name.partition("-")
        if key not in same:
            continue
        if not competence:
            found[name] = value
        elif (target := counterpart.get(int(competence))) is not None and (ids is None or target in ids):
            found[name_of(key, target)] = value
    return Earlier(before.year, found) if found else None


def _counterparts(before: Campaign, campaign: Campaign) -> dict[int, int]:
    """The same competence this year: {id then: id now}. One query, or two across versions of the framework."""
    rows = Competence.objects.filter(framework_id=before.framework_id).values_list("pk", flat=True)
    if before.framework_id == campaign.framework_id:
        return {pk: pk for pk in rows}
    expressed = frameworks.re_express(rows, campaign.framework_id)
    return {
        source: found[0].target_id
        for source, found in expressed.items()
        if len(found) == 1 and found[0].relation == Relation.EXACT
    }


def in_words(definition: Questionnaire, item: Item, value: Value, *, language: str, competence: str = "") -> list[str]:
    """An answer as a person reads it: the chosen sentences, the number, or the text; a tick has no words."""
    if value is None or item.kind is Kind.TICK:
        return []
    if item.kind in {Kind.ONE, Kind.MANY}:
        chosen = value if isinstance(value, tuple) else (str(value),)
        labels = {choice.value: choice.label for choice in definition.choices_for(item, competence)}
        return [labels[one].in_language(language) if one in labels else one for one in chosen]
    return [str(value)]
