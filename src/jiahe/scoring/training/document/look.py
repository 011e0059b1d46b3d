"""The project's colours, for pages that stand alone."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import jiahe

TOKENS = Path(jiahe.__file__).parent / "web/static/tokens.css"


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """By name, of the light look."""
    light = TOKENS.read_text(encoding="utf-8").partition("}")[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
