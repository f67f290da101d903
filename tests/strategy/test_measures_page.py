"""docs/measures.md is made from the strategy file and the code, and kept in step with them."""

import os
from pathlib import Path

from kazipot.strategy.exports.measures import as_markdown
from kazipot.strategy.queries import strategy_file
from tests.strategy.test_strategy_file import SHIPPED

PAGE = Path(__file__).parent.parent.parent / "docs" / "measures.md"


def test_measures_page_is_in_step_with_the_strategy_and_the_code():
    made = as_markdown(strategy_file.read(SHIPPED))
    if os.environ.get("KAZIPOT_WRITE_DOCS") == "1":
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made
