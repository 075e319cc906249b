"""The order of names is that of the cases in `order.json`, and no code of the package sorts names by another."""

import json
import re

import pytest

from kennisbank import order
from tests.helpers import ROOT, tell_all

CASES = json.loads((ROOT / "tests" / "order.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_stand_where_a_dutch_reader_looks(case: dict) -> None:
    assert sorted(sorted(case["in_order"]), key=order.key) == case["in_order"]


def test_names_are_sorted_in_one_way() -> None:
    """What the browser or Python would do by itself differs between them."""
    other = {"*.py": r"key=str\.casefold|sort.*\.casefold\(\)", "*.js": r"localeCompare|Intl\.Collator"}
    folders = {"*.py": ROOT / "scripts" / "kennisbank", "*.js": ROOT / "content" / "assets"}
    tell_all(
        f"{path.relative_to(ROOT)}: {found[0]}"
        for pattern, way in other.items()
        for path in folders[pattern].rglob(pattern)
        if "vendor" not in path.parts and (found := re.search(way, path.read_text(encoding="utf-8")))
    )
