"""The DigComp workbook comes into a version that the product ships."""

from datetime import datetime
from pathlib import Path

from kazipot.foundation.models import User
from kazipot.foundation.tables import FILE_BYTES
from kazipot.framework import operations, queries
from kazipot.framework.workbook import Workbook, read_workbook


def import_framework(
    name: str, content: bytes, *, at: datetime, actor: User | None = None, max_bytes: int = FILE_BYTES
) -> tuple[Workbook, dict[str, int]]:
    """Import the DigComp 3.0 workbook. Raises InputRefused; returns what it held and what was added."""
    book = read_workbook(name, content, max_bytes=max_bytes)
    operations.install_shipped_frameworks(at=at, actor=actor)
    framework = queries.framework_by_version("DigComp", "3.0")
    if framework is None:
        raise LookupError("the shipped frameworks have no DigComp 3.0")
    return book, operations.fill_from_workbook(framework_id=framework.pk, book=book, at=at, actor=actor)


def import_framework_file(path: Path, *, at: datetime) -> tuple[Workbook, dict[str, int]]:
    """The same from a file."""
    return import_framework(path.name, path.read_bytes(), at=at)
