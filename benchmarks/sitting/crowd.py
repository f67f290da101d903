"""Many people who take the test at once, in one process: a job comes in, the diary goes out."""

import json
import sys

from answering.crowd import walk

from .taker import Taker

if __name__ == "__main__":
    walk(json.load(sys.stdin), Taker)
    sys.stdout.flush()
