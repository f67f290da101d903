"""Small differences between SQLite and PostgreSQL, kept in one place."""

from django.db import connection
from django.db.models import Model, QuerySet


def lock[M: Model](queryset: QuerySet[M]) -> QuerySet[M]:
    """Rows locked until the transaction ends. SQLite locks the whole database when a write begins
    (`transaction_mode: IMMEDIATE`), so nothing more is needed there."""
    if connection.features.has_select_for_update:
        return queryset.select_for_update(of=("self",) if connection.features.has_select_for_update_of else ())
    return queryset
