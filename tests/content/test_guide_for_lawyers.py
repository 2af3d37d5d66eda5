"""The guide for lawyers shows a file that holds."""

import re
from datetime import date
from pathlib import Path

from amparo.areas.entitlements.files import check

GUIDE = (Path(__file__).parents[2] / "docs" / "rules-of-countries.md").read_text("utf-8")


def test_the_file_in_the_guide_holds() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    loaded = check(text, "guide.yaml", today=date(2026, 11, 22))
    assert loaded.problems == ()
    assert loaded.rule_set is not None
    assert len(loaded.rule_set.examples) == 2
