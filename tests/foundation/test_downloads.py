"""Files to download, whole and in pieces."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from kazipot.foundation.downloads import download, zipped

AT = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


def test_download_is_saved_under_its_name_and_kept_by_no_cache() -> None:
    response = download("listki-č.pdf", "application/pdf", b"x")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''listki-%C4%8D.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]


def test_zip_is_made_file_by_file() -> None:
    asked: list[int] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for number in (1, 2, 3):
            asked.append(number)
            yield f"{number}.pdf", bytes([number]) * 1000

    pieces = zipped(files(), at=AT)
    first = next(pieces)
    assert (asked, len(first) > 1000) == ([1], True)
    archive = zipfile.ZipFile(io.BytesIO(first + b"".join(pieces)))
    assert archive.testzip() is None
    assert [(entry.filename, entry.date_time) for entry in archive.infolist()] == [
        (f"{number}.pdf", (2026, 3, 10, 9, 30, 0)) for number in (1, 2, 3)
    ]
    assert archive.read("2.pdf") == b"\x02" * 1000
