"""From features to points, score, band, place among peers, or the reason why there is none."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiahe.lake.engines.frames import frames
from jiahe.scoring.card import band, points, score
from jiahe.scoring.eligibility import HISTORIES, Least, unscored
from jiahe.scoring.models import Unscored
from jiahe.scoring.telling import numbers, told
from tests.scoring.cards import CARD

NEEDED = Least(6, 6)
AGES = st.one_of(st.none(), st.integers(0, 12))
FIRMS = st.fixed_dictionaries(
    {
        "division": st.sampled_from(["17", "51", None]),
        "size": st.sampled_from(["micro", "small", None]),
        "state": st.sampled_from(["active", "revoked", "deregistered", None]),
        "age": AGES,
        **dict.fromkeys(HISTORIES, AGES),
        "certainty": st.one_of(st.none(), st.integers(0, 10_000)),
        "paid_months": st.one_of(st.none(), st.integers(0, 24)),
        "debt_ratio": st.one_of(st.none(), st.integers(-300, 9_000)),
    }
)
TEXTS = ("division", "size", "state")


def tell(firms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Serials from 1 on, in the order given."""
    columns = {name: pa.array([f[name] for f in firms], pa.string()) for name in TEXTS}
    columns |= {name: pa.array([f[name] for f in firms], pa.int64()) for name in firms[0] if name not in TEXTS}
    serials = pa.array(range(1, len(firms) + 1), pa.int64())
    with frames() as lake:
        frame = lake.keep(lake.given(pa.table({"_serial": serials, **columns})))
        rows = lake.collect(told(lake, frame, CARD, NEEDED)).to_pylist()
    return sorted(rows, key=lambda row: int(row["_serial"]))


@settings(max_examples=30, deadline=None)
@given(st.lists(FIRMS, min_size=1, max_size=12))
def test_what_is_told_of_all_is_what_is_worked_out_for_each(firms: list[dict[str, Any]]) -> None:
    rows = tell(firms)
    for row, firm in zip(rows, firms, strict=True):
        reason = unscored(firm["state"], firm, NEEDED)
        given_points = points(CARD, firm)
        assert row["unscored"] == (reason or "")
        assert row["score"] == (None if reason else score(CARD, firm))
        assert row["band"] == (None if reason else band(CARD, score(CARD, firm)))
        assert numbers(row["points"]) == list(given_points.values())
        assert numbers(row["known"]) == [firm[code] for code in CARD.codes]
    for row in rows:
        peers = [
            (-other["score"], other["_serial"])
            for other in rows
            if other["score"] is not None and (other["division"], other["size"]) == (row["division"], row["size"])
        ]
        placed = None not in (row["score"], row["division"], row["size"])
        assert row["peers"] == (len(peers) if placed else None)
        assert row["position"] == (1 + sorted(peers).index((-row["score"], row["_serial"])) if placed else None)


@pytest.mark.parametrize(
    ("state", "age", "history", "reason"),
    [
        ("active", 6, 6, None),
        ("active", 5, 6, Unscored.YOUNG),
        ("active", None, 6, Unscored.YOUNG),
        ("active", 6, 5, Unscored.THIN),
        ("active", 6, None, Unscored.THIN),
        ("revoked", 5, 5, Unscored.ENDED),
        (None, 90, 90, None),
    ],
)
def test_the_first_rule_that_holds_is_the_reason(
    state: str | None, age: int | None, history: int | None, reason: Unscored | None
) -> None:
    known = {"age": age, **dict.fromkeys(HISTORIES), "power_history": history}
    assert unscored(state, known, NEEDED) is reason
