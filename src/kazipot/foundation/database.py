"""Small differences between SQLite and PostgreSQL, kept in one place."""

import zlib

from django.db import connection
from django.db.models import Model, QuerySet


def lock[M: Model](queryset: QuerySet[M]) -> QuerySet[M]:
    """Rows locked until the transaction ends. SQLite locks the whole database when a write begins
    (`transaction_mode: IMMEDIATE`), so nothing more is needed there."""
    if connection.features.has_select_for_update:
        return queryset.select_for_update(of=("self",) if connection.features.has_select_for_update_of else ())
    return queryset


def one_at_a_time(name: str) -> None:
    """Wait until nobody else is inside a transaction that said the same name, and keep others out until this one ends.

    For decisions that look at many rows and must not be made twice at once; said before any row is locked. SQLite
    lets one transaction write at a time anyhow.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
