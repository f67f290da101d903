"""A roster's changes are written in one transaction, in bulk, with one line in the audit trail."""

from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.errors import TooManyLeavers
from kazipot.organisation.models import Employer, Employment, Person, Post
from kazipot.organisation.queries import RosterPlan, RosterRow

CHUNK = 500


@transaction.atomic
def apply_roster(
    plan: RosterPlan, *, at: datetime, actor: User | None, confirm_leavers: bool = False
) -> dict[str, int]:
    """Write the changes of a plan; returns its summary. Raises TooManyLeavers unless confirmed."""
    if plan.needs_confirmation and not confirm_leavers:
        raise TooManyLeavers(len(plan.ended), plan.employed)
    if plan.is_empty:
        return plan.summary()
    employers = list(lock(Employer.objects.filter(code__in=plan.employer_codes)))
    people = _write_people(plan)
    posts = _write_posts(plan)
    _end(plan)
    _move(plan, posts)
    _correct(plan)
    Employment.objects.bulk_create(
        (
            Employment(
                person_id=people[key], employer_id=employer_id, personnel_number=row.personnel_number,
                unit_id=unit_id, post_id=posts[employer_id, row.post], hired_on=row.valid_from,
                valid_from=first, valid_to=row.valid_to,
            )
            for row, key, employer_id, unit_id, first in plan.added
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    audit.record(
        "organisation.apply_roster", employers[0], actor=actor, at=at,
        employer_code=employers[0].code if len(employers) == 1 else "",
        as_of=plan.as_of.isoformat(), employers=len(employers), **plan.summary(),
    )  # fmt: skip
    return plan.summary()


def _write_people(plan: RosterPlan) -> dict[str, int]:
    """New and changed people; returns {key: id} of everyone."""
    Person.objects.bulk_create((Person(key=key, **fields) for key, fields in plan.new_people.items()), batch_size=CHUNK)
    ids = list(plan.changed_people)
    for start in range(0, len(ids), CHUNK):
        changed = list(Person.objects.filter(pk__in=ids[start : start + CHUNK]))
        for person in changed:
            for name, value in plan.changed_people[person.pk].items():
                setattr(person, name, value)
        Person.objects.bulk_update(changed, ["first_name", "last_name", "language", "email", "phone"])
    return dict(Person.objects.values_list("key", "pk"))


def _write_posts(plan: RosterPlan) -> dict[tuple[int, str], int]:
    """New and changed posts; returns {(employer id, code): id} of every post."""
    Post.objects.bulk_create(
        (
            Post(employer_id=employer_id, code=code, title=title, profile_id=profile_id)
            for (employer_id, code), (title, profile_id) in plan.new_posts.items()
        ),
        batch_size=CHUNK,
    )
    for post_id, (title, profile_id) in plan.changed_posts.items():
        Post.objects.filter(pk=post_id).update(title=title, profile_id=profile_id)
    return {(post.employer_id, post.code): post.pk for post in Post.objects.all()}


def _end(plan: RosterPlan) -> None:
    ended = []
    for employment, on in plan.ended:
        employment.valid_to = on
        ended.append(employment)
    Employment.objects.bulk_update(ended, ["valid_to"], batch_size=CHUNK)


def _move(plan: RosterPlan, posts: dict[tuple[int, str], int]) -> None:
    """Old rows end on the day and new ones begin; what began on that very day is corrected in place."""
    begun = [(e, row, unit_id) for e, row, unit_id in plan.moved if e.valid_from < plan.as_of]
    for employment, row, unit_id in plan.moved:
        if employment.valid_from >= plan.as_of:
            employment.unit_id = unit_id
            employment.post_id = posts[employment.employer_id, row.post]
            employment.valid_to = row.valid_to
            employment.save(update_fields=["unit", "post", "valid_to"])
    for employment, _row, _unit in begun:
        employment.valid_to = plan.as_of
    Employment.objects.bulk_update([e for e, _row, _unit in begun], ["valid_to"], batch_size=CHUNK)
    Employment.objects.bulk_create(
        (_follower(e, row, unit_id, posts, plan) for e, row, unit_id in begun), batch_size=CHUNK
    )


def _follower(
    employment: Employment, row: RosterRow, unit_id: int, posts: dict[tuple[int, str], int], plan: RosterPlan
) -> Employment:
    return Employment(
        person_id=employment.person_id,
        employer_id=employment.employer_id,
        personnel_number=employment.personnel_number,
        unit_id=unit_id,
        post_id=posts[employment.employer_id, row.post],
        hired_on=min(row.valid_from, employment.hired_on),
        valid_from=plan.as_of,
        valid_to=row.valid_to,
    )


def _correct(plan: RosterPlan) -> None:
    corrected = []
    for employment, hired_on, valid_to in plan.corrected:
        employment.hired_on = hired_on
        employment.valid_to = valid_to
        corrected.append(employment)
    Employment.objects.bulk_update(corrected, ["hired_on", "valid_to"], batch_size=CHUNK)
