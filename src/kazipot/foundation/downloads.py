"""Files that a page answers with: to be saved, and kept by no cache."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header


def download(name: str, kind: str, content: bytes | Iterator[bytes]) -> HttpResponseBase:
    """A file to save under a name, whole or in pieces as they are made; no cache keeps it."""
    response: HttpResponseBase
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=kind)
    else:
        response = StreamingHttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    add_never_cache_headers(response)
    return response


class _Pipe:
    """What a ZIP is written to: it only grows, and what is in it is taken out."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """What came in since the last time."""
        taken, self.pieces = b"".join(self.pieces), []
        return taken


def zipped(files: Iterable[tuple[str, bytes]], *, at: datetime) -> Iterator[bytes]:
    """A ZIP of files (name, content) in pieces, one after each file; only one file is held at a time.

    Nothing is compressed: what goes in (PDF) is compressed already.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]
        for name, content in files:
            local = timezone.localtime(at)
            archive.writestr(zipfile.ZipInfo(name, local.timetuple()[:6]), content)
            yield pipe.taken()
    yield pipe.taken()
