"""A maildir that a mail server fills: each new message is taken once and then lies among those that were read."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from kazipot.foundation.mail.reading import LONGEST

SEEN = ":2,S"
BATCH = 200
log = logging.getLogger(__name__)


def take_all(folder: Path, take: Callable[[bytes], object]) -> int:
    """Hand every message in `new` to `take`, at most a batch; returns how many. A message whose taking fails stays."""
    new = folder / "new"
    if not new.is_dir():
        return 0
    (folder / "cur").mkdir(exist_ok=True)
    taken = 0
    for path in sorted(new.iterdir())[:BATCH]:
        try:
            with path.open("rb") as file:
                raw = file.read(LONGEST + 1)
            take(raw)
            os.replace(path, folder / "cur" / f"{path.name}{SEEN}")
        except FileNotFoundError:  # another worker was faster
            continue
        except Exception:  # whatever is wrong with one message keeps no other waiting
            log.exception("A message stays in the maildir.")
            continue
        taken += 1
    return taken
