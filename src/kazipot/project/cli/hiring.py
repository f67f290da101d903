"""`hiring check`: apart from the other commands, so that it starts without what they need."""

import argparse
import json
import os
import sys

from django.utils import translation

from kazipot.foundation.errors import InputRefused
from kazipot.hiring.exports import reading_as_json, reading_in_words
from kazipot.hiring.imports import FILE_BYTES, posting_text, read_posting_file
from kazipot.hiring.queries import check_text

REFUSED = 2


def run(options: argparse.Namespace) -> int:
    """Check a posting; a refused input is one sentence on standard error and exit code 2."""
    language = "sl" if os.environ.get("LANG", "").startswith("sl") else "en"
    with translation.override(language):
        try:
            if str(options.file) == "-":
                text = posting_text(sys.stdin.buffer.read(FILE_BYTES + 1), "-")
            else:
                text = read_posting_file(options.file)
        except InputRefused as error:
            return _refused([problem.as_line() for problem in error.problems])
        except FileNotFoundError:
            return _refused([f"{options.file}: there is no such file. Check the path."])
        except OSError:
            return _refused([f"{options.file}: this cannot be opened as a file. Check the path and its permissions."])
        reading = check_text(text)
        told = reading_as_json(reading)
        print(json.dumps(told, ensure_ascii=False) if options.json else reading_in_words(reading, language))
    return 0


def _refused(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return REFUSED
