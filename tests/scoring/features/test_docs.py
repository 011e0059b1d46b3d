"""What docs/developer/features.md says is what its example gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "docs/developer/features.md"


def test_the_example_gives_the_features_of_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert example is not None
    made: dict[str, Any] = {}
    exec(example[1], made)
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (\w+) \|$", text, re.MULTILINE)
    assert [(f.code, f.name.zh, f.unit.value) for f in made["FEATURES"]] == rows
