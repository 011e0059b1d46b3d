"""Every number that a regulation or the authority sets, with jurisdiction, effective date and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

VALUES = 1_000


@dataclass(frozen=True)
class Parameter:
    """One value of one parameter from one date on. `source` names the rule it was read in."""

    name: str
    jurisdiction: str
    effective_from: date
    value: int
    source: str


@lru_cache(maxsize=1)
def _all() -> tuple[Parameter, ...]:
    text = (files("jiahe.kit.parameters") / "parameters.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return tuple(Parameter(**row) for row in rows)


@lru_cache(maxsize=VALUES)
def value(name: str, *, on: date, jurisdiction: str = "zhejiang") -> int:
    """The value in force on a day: the jurisdiction's own before the national one; `KeyError` where there is none."""
    for place in (jurisdiction, "national"):
        found = [p for p in _all() if (p.name, p.jurisdiction) == (name, place) and p.effective_from <= on]
        if found:
            return max(found, key=lambda p: p.effective_from).value
    raise KeyError(name)
