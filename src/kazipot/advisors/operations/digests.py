"""The Service gathers a quarter's notes into a digest, which is fixed and goes to every advisor."""

import hashlib
import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.advisors import queries
from kazipot.advisors.errors import DigestIsOut, NothingToGather, QuarterGoesOn
from kazipot.advisors.models import WatchDigest
from kazipot.advisors.operations.letters import address_of, send
from kazipot.foundation import audit
from kazipot.foundation.models import User


@transaction.atomic
def publish_digest(
    *, year: int, quarter: int, introduction: dict[str, str], at: datetime, actor: User | None
) -> WatchDigest:
    """Fix a quarter's digest with an introduction in both languages, and send it to every advisor.

    Raises QuarterGoesOn, DigestIsOut, NothingToGather.
    """
    wanted, on = queries.Quarter(year, quarter), timezone.localtime(at).date()
    if on < wanted.first:
        raise QuarterGoesOn
    if queries.digest_of(wanted) is not None:
        raise DigestIsOut
    content = {**queries.draft_digest(wanted, on=on), "introduction": introduction}
    if not content["fields"]:
        raise NothingToGather
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    made = WatchDigest.objects.create(
        year=year, quarter=quarter, content=content, digest=digest, published_at=at, published_by=actor
    )
    audit.record("advisors.publish_digest", made, actor=actor, at=at, quarter=f"{year}-{quarter}", digest=digest)
    titles = [note["title"] for field in content["fields"] for note in field["notes"]]
    context = {"quarter": wanted, "titles": titles, "address": address_of("advisors:digest", year, quarter)}
    for person in {person.pk: person for person, _unit in queries.advisors_on(on)}.values():
        send("digest", f"advisors.digest.{made.pk}.{person.pk}", (person.email, person.language), context, at=at)
    return made
