"""Indicator systems for tests: one that is small and written out, and any number of valid ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from jiahe.catalogue import Text
from jiahe.scoring.points.limit import MOST_BASE, MOST_SHARE, WAN, Formula, Step
from jiahe.scoring.points.system import Band, Dimension, Indicator, System

SMALL: dict[str, Any] = {
    "dimensions": [
        {
            "code": "stability",
            "name": {"zh": "经营稳定", "en": "Stable operation"},
            "most": 50,
            "indicators": [
                {
                    "feature": "age",
                    "missing": 0,
                    "bands": [
                        {"least": None, "points": 0},
                        {"least": 12, "points": 20},
                        {"least": 36, "points": 40},
                    ],
                },
                {
                    "feature": "staff",
                    "missing": 5,
                    "bands": [{"least": None, "points": 0}, {"least": 10, "points": 20}],
                },
            ],
        },
        {
            "code": "tax",
            "name": {"zh": "纳税", "en": "Tax"},
            "most": 30,
            "indicators": [
                {
                    "feature": "tax_paid",
                    "missing": 0,
                    "bands": [
                        {"least": None, "points": 0},
                        {"least": 1, "points": 10},
                        {"least": 10_000_000, "points": 30},
                    ],
                }
            ],
        },
    ]
}
FEATURES = {code: code for code in ("age", "staff", "tax_paid", "sales")}
WHOLE = st.none() | st.integers(-(10**15), 10**15) | st.integers(-20, 20)


@st.composite
def indicators(draw: st.DrawFn, feature: str) -> Indicator:
    bounds = draw(st.lists(st.integers(-30, 30), min_size=1, max_size=4, unique=True).map(sorted))
    bands = [Band(least, draw(st.integers(0, 100))) for least in (None, *bounds)]
    return Indicator(feature, tuple(bands), draw(st.integers(1, 100)))


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Over `FEATURES`, in one or two dimensions."""
    cut = draw(st.integers(1, len(FEATURES)))
    parts = [part for part in (list(FEATURES)[:cut], list(FEATURES)[cut:]) if part]
    return System(tuple(draw(dimensions(f"d{n}", part)) for n, part in enumerate(parts)))


@st.composite
def dimensions(draw: st.DrawFn, code: str, features: Sequence[str]) -> Dimension:
    parts = tuple(draw(indicators(feature)) for feature in features)
    most = draw(st.integers(max(one.best for one in parts), sum(one.best for one in parts)))
    return Dimension(code, Text(code, code), most, parts)


@st.composite
def formulas(draw: st.DrawFn) -> Formula:
    at = draw(st.lists(st.integers(0, 240), min_size=1, max_size=4, unique=True).map(sorted))
    shares = draw(st.lists(st.integers(1, MOST_SHARE), min_size=len(at), max_size=len(at), unique=True).map(sorted))
    least = draw(st.integers(0, 100)) * WAN
    most = least + draw(st.integers(0, 10_000)) * WAN
    return Formula("sales", tuple(Step(p, s) for p, s in zip(at, shares, strict=True)), least, most)


BASES = st.none() | st.integers(-(10**9), 10**11) | st.integers(0, 2 * MOST_BASE)
