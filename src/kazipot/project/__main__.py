"""The command line. Settles where the data is before anything reads the settings, then runs the command."""

import importlib
import json
import os
import sys
from pathlib import Path

from kazipot.project.cli.arguments import parser

MARK = "demo-accounts.json"
"""A data folder that has this file holds the demo city: its calendar stands still and its pages say so."""


def main(arguments: list[str]) -> int:
    """Run a command; returns the exit code: 0 done, 1 failed, 2 refused with a sentence per problem."""
    options = parser().parse_args(arguments)
    if options.data is not None:
        os.environ["KAZIPOT_DATA"] = str(Path(options.data).resolve())
    if options.command == "test":
        return int(importlib.import_module("kazipot.project.cli.testing").run(options))
    # Many small matrices: threads of linear algebra that wait for busy cores make them twenty times slower.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazipot.project.settings")
    if options.command == "demo":
        os.environ["KAZIPOT_DEMO"] = "1"
    settings = importlib.import_module("kazipot.project.settings")
    mark: Path = settings.DATA / MARK
    if mark.exists():
        os.environ["KAZIPOT_DEMO"] = "1"
        os.environ.setdefault("KAZIPOT_TODAY", json.loads(mark.read_text(encoding="utf-8"))["today"])
        importlib.reload(settings)
    importlib.import_module("django").setup()
    commands = "hiring" if options.command == "hiring" else "commands"
    return int(importlib.import_module(f"kazipot.project.cli.{commands}").run(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
