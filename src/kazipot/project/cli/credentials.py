"""Certificates on the command line: a new key, and the check of a badge that somebody was sent."""

import argparse
import json
from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation import clock
from kazipot.foundation.credentials import queries
from kazipot.foundation.credentials.operations import rotate_key
from kazipot.foundation.errors import InputRefused, Problem


def run_credentials(options: argparse.Namespace) -> int:
    """`rotate-key` and `verify`; the latter fails (1) when a badge isn't valid, and refuses (2) what is no badge."""
    if options.action == "rotate-key":
        print(rotate_key(at=clock.now(), actor=None).public)
        return 0
    found = queries.verdict_of(_read(options), at=clock.now())
    print(found)
    return 0 if found == "valid" else 1


def _read(options: argparse.Namespace) -> dict[str, Any]:
    try:
        found = json.loads(options.file.read_text(encoding="utf-8-sig"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("proof"), dict):
        problem = Problem(
            0, options.file.name, "", _("This is no signed badge."), _("Take the JSON file of the certificate.")
        )
        raise InputRefused(_("The badge was not read."), [problem])
    return found
