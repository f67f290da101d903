"""Pictures for items come in once and stay."""

from datetime import datetime

from django.db import transaction

from kazipot.core.items.checking import PICTURE
from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.verification.errors import NoPicture, PictureNameTaken
from kazipot.verification.models import ItemPicture

MOST_BYTES = 1_000_000
STARTS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))
"""How files of each type begin. SVG is left out: it may hold programs."""


@transaction.atomic
def add_picture(*, name: str, content: bytes, at: datetime, actor: User | None) -> ItemPicture:
    """Keep a picture under a name such as `desk.png`. Raises NoPicture, PictureNameTaken."""
    media_type = next((kind for start, kind in STARTS if content.startswith(start)), "")
    if not media_type or len(content) > MOST_BYTES or not PICTURE.fullmatch(name) or len(name) > 64:
        raise NoPicture
    if ItemPicture.objects.filter(name=name).exists():
        raise PictureNameTaken
    picture = ItemPicture.objects.create(name=name, media_type=media_type, content=content, made_at=at, made_by=actor)
    audit.record("verification.add_picture", picture, actor=actor, at=at, name=name)
    return picture
