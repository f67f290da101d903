"""Learning platforms, and whom they mean."""

from datetime import date

from django.db.models import Count, QuerySet

from kazipot.foundation.tokens import digest
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employment, Person
from kazipot.verification.models import LearningSource, Statement


def sources() -> QuerySet[LearningSource]:
    """Every platform, by name."""
    return LearningSource.objects.all()


def source_by_id(source_id: int) -> LearningSource | None:
    """A platform that may still send, or None."""
    return LearningSource.objects.filter(pk=source_id, ended_at=None).first()


def source_by_token(token: str) -> LearningSource | None:
    """The platform that holds the token and may send, or None."""
    return LearningSource.objects.filter(token_digest=digest(token), ended_at=None).first()


def statements_by_source() -> dict[int, int]:
    """How many statements each platform has sent: {platform id: number}. One query."""
    return dict(Statement.objects.values_list("source_id").annotate(n=Count("pk")).order_by())


def person_reported(email: str, account: str) -> Person | None:
    """The one person with this address, this key, or this "EMPLOYER/personnel number"; None if nobody or several."""
    if email:
        rows = list(Person.objects.filter(email__iexact=email)[:2])
    else:
        employer, slash, number = account.rpartition("/")
        if slash:
            jobs = Employment.objects.filter(employer__code=employer, personnel_number=number)
            rows = list(Person.objects.filter(pk__in=jobs.values("person_id"))[:2])
        else:
            rows = list(Person.objects.filter(key=account)[:2]) if account else []
    return rows[0] if len(rows) == 1 else None


def job_of(person_id: int, on: date) -> Employment | None:
    """The job held longest on the day, or None."""
    return organisation.employments_on(on).filter(person_id=person_id).order_by("hired_on", "pk").first()
