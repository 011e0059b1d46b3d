"""`jiahe bench features`: features of everybody from the lake's records, against twenty of them written by hand in SQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench import features_by_hand, gather, ours
from bench.contestant import Contestant
from bench.report import report

DAY = date(2026, 11, 25)
TIMES = 3
Say = Callable[[str], None]


def ours_of(codes: Collection[str] | None, target: str) -> int:
    """Make and write features; gives how many enterprises have them."""
    ours.prepared()
    from jiahe.lake.engines.frames import frames
    from jiahe.scoring.features.calculation import calculate

    with frames() as lake:
        shutil.rmtree(target, ignore_errors=True)
        files = lake.write(calculate(lake, DAY, codes), Path(target))
    return sum(pq.read_metadata(file).num_rows for file in files)


def run(records: int, place: Path, say: Say) -> dict[str, Any]:
    """In a home gathered before below `place`, which is made where it is missing; the best of three runs each."""
    if not (place / "home").exists():
        gather.run(records, place, say)
    home = {"JIAHE_HOME": str(place / "home"), "DATABASE_URL": ""}
    us, hand, everything = (Contestant(work, **home) for work in (ours_of, features_by_hand.work, ours_of))
    target, peer = str(place / "features"), str(features_by_hand.files(place))
    mine, theirs = [], []
    for _ in range(TIMES):
        mine.append(us.do(list(features_by_hand.CODES), target)[0])
        theirs.append(hand.do(peer, DAY)[0])
        say(f"ours {mine[-1]:.1f} s · by hand {theirs[-1]:.1f} s")
    different = _different(Path(target), Path(peer))
    seconds, enterprises = everything.do(None, target)
    peaks = {"ours": round(us.end()), "by_hand": round(hand.end()), "all": round(everything.end())}
    return report(
        "features",
        records=records,
        seconds=min(mine),
        peers={"by_hand": min(theirs)},
        enterprises=enterprises,
        all_features_seconds=round(seconds, 1),
        different_values=different,
        peak_mib=peaks["ours"],
        peaks_mib=peaks,
        budget="≤ 2 × the same twenty features written by hand in DuckDB's SQL, equal values",
        within=min(mine) <= 2 * min(theirs) and different == 0,
    )


def _different(target: Path, peer: Path) -> int:
    """How many values of the twenty features are not the same."""
    one, other = (pq.read_table(path).sort_by("_serial") for path in (target, peer))
    count = 0
    for code in ("_serial", *features_by_hand.CODES):
        pairs = zip(one.column(code).to_pylist(), other.column(code).to_pylist(), strict=True)
        count += sum(a != b for a, b in pairs)
    return count
