"""Guides for interviews are drafted, approved and never changed afterwards; so is what people agree to."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs import queries
from kazipot.needs.errors import ConsentUnchanged, GuideApproved, GuideUnchanged, NoQuestions
from kazipot.needs.models import ConsentText, InterviewGuide
from kazipot.needs.queries import GuideQuestion


@transaction.atomic
def draft_guide(*, year: int, questions: Sequence[GuideQuestion], at: datetime, actor: User | None) -> InterviewGuide:
    """A new version of a year's guide as a draft; a draft that is there already is replaced.

    Raises NoQuestions, GuideUnchanged.
    """
    keys = {question.key for question in questions}
    complete = all(question.key and question.text_sl and question.text_en for question in questions)
    if not questions or not complete or len(keys) < len(questions):
        raise NoQuestions
    content = [question.as_data() for question in questions]
    versions = list(lock(InterviewGuide.objects.filter(year=year)).order_by("-version"))
    approved = [row for row in versions if row.approved_at]
    if approved and approved[0].questions == content:
        raise GuideUnchanged
    InterviewGuide.objects.filter(year=year, approved_at=None).delete()
    number = approved[0].version + 1 if approved else 1
    guide = InterviewGuide.objects.create(year=year, version=number, questions=content, made_at=at, made_by=actor)
    audit.record(
        "needs.draft_guide", guide, actor=actor, at=at, year=year, version=guide.version, questions=len(content)
    )
    return guide


@transaction.atomic
def approve_guide(*, guide_id: int, at: datetime, actor: User | None) -> InterviewGuide:
    """From now on interviews of its year are held by it, and nobody changes it. Raises GuideApproved."""
    guide = lock(InterviewGuide.objects.filter(pk=guide_id)).get()
    if guide.approved_at is not None:
        raise GuideApproved
    guide.approved_at = at
    guide.save(update_fields=["approved_at"])
    audit.record("needs.approve_guide", guide, actor=actor, at=at, year=guide.year, version=guide.version)
    return guide


@transaction.atomic
def settle_guide(*, year: int, at: datetime) -> InterviewGuide:
    """The guide in use in a year. A year without one gets that of an earlier year, or the one that ships.

    A draft of the year stays a draft, as the next version.
    """
    found = queries.guide_in_use(year)
    if found is not None:
        return found
    InterviewGuide.objects.filter(year=year, version=1, approved_at=None).update(version=2)
    guide = InterviewGuide.objects.create(
        year=year,
        version=1,
        questions=[question.as_data() for question in queries.questions_to_begin_with(year)],
        made_at=at,
        approved_at=at,
    )
    audit.record("needs.settle_guide", guide, actor=None, at=at, year=year, version=1)
    return guide


@transaction.atomic
def write_consent(*, text_sl: str, text_en: str, at: datetime, actor: User | None) -> ConsentText:
    """A new version of what people agree to; interviews keep the version that was shown. Raises ConsentUnchanged."""
    text = {"sl": text_sl.strip().replace("\r\n", "\n"), "en": text_en.strip().replace("\r\n", "\n")}
    latest = lock(ConsentText.objects.order_by("-version")).first()
    if not all(text.values()) or text == (latest.text if latest else queries.shipped_consent()):
        raise ConsentUnchanged
    number = (latest or settle_consent(at=at)).version + 1
    found = ConsentText.objects.create(version=number, text=text, made_at=at, made_by=actor)
    audit.record("needs.write_consent", found, actor=actor, at=at, version=number)
    return found


@transaction.atomic
def settle_consent(*, at: datetime) -> ConsentText:
    """The consent text in use; the one that ships becomes version 1 when there is none yet."""
    found = queries.consent_in_use()
    if found is not None:
        return found
    return ConsentText.objects.create(version=1, text=queries.shipped_consent(), made_at=at)
