"""`./kazipot worker` by the clock of the test, with a short pause between its rounds."""

import importlib
import os
import sys

from seats import clock

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kazipot.project.settings"
    clock.install()
    project = importlib.import_module("kazipot.project.__main__")
    importlib.import_module("django").setup()
    importlib.import_module("kazipot.project.cli.commands").PAUSE = 0.3
    sys.exit(project.main(["worker"]))
