"""A job classification's changes are written in one transaction, with one line in the audit trail."""

from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.models import Employer, JobProfile, Post
from kazipot.organisation.queries import PositionPlan

CHUNK = 500


@transaction.atomic
def apply_positions(plan: PositionPlan, *, at: datetime, actor: User | None) -> dict[str, int]:
    """Write the changes of a plan; returns its summary."""
    if plan.is_empty:
        return plan.summary()
    employer = lock(Employer.objects.filter(pk=plan.employer_id)).get()
    JobProfile.objects.bulk_create(
        JobProfile(code=code, name_sl=name_sl, name_en=name_en, family=family)
        for code, (name_sl, name_en, family) in plan.new_profiles.items()
    )
    for code, family in plan.families.items():
        JobProfile.objects.filter(code=code, family="").update(family=family)
    profiles: dict[str, int | None] = {"": None, **dict(JobProfile.objects.values_list("code", "pk"))}
    Post.objects.bulk_create(
        (
            Post(employer=employer, code=code, title=title, profile_id=profiles[profile])
            for code, (title, profile) in plan.new_posts.items()
        ),
        batch_size=CHUNK,
    )
    changed = list(Post.objects.filter(employer=employer, code__in=plan.changed_posts))
    for post in changed:
        title, profile = plan.changed_posts[post.code]
        post.title, post.profile_id = title, profiles[profile]
    Post.objects.bulk_update(changed, ["title", "profile"], batch_size=CHUNK)
    audit.record(
        "organisation.apply_positions", employer, actor=actor, at=at, employer_code=employer.code, **plan.summary()
    )
    return plan.summary()
