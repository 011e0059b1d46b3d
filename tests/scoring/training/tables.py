"""Labelled tables to train on: a real one, and a small made one whose truth is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

POLISH = Path(__file__).resolve().parents[4] / "shared/data/polish_bankruptcy_year5.csv"
ROWS = 1_500


def made(rows: int = ROWS, seed: int = 7) -> pd.DataFrame:
    """Few months paid and much debt make a default likely; `noise` says nothing; a tenth of the months is not known."""
    chance = np.random.default_rng(seed)
    months, debt = chance.integers(0, 37, rows).astype(float), chance.integers(0, 12_000, rows)
    risk = 1 / (1 + np.exp(-(-1.2 - 0.12 * (months - 18) + 0.0004 * (debt - 6_000))))
    defaulted = (chance.random(rows) < risk).astype(int)
    months[chance.random(rows) < 0.1] = np.nan
    days = pd.Timestamp("2022-01-31") + pd.to_timedelta(chance.integers(0, 1000, rows), "D")
    return pd.DataFrame(
        {
            "uscc": [f"9133{number:014d}" for number in range(rows)],
            "observed_on": days.strftime("%Y-%m-%d"),
            "paid_months": months,
            "debt_ratio": debt,
            "noise": chance.normal(size=rows).round(3),
            "age_months": chance.integers(0, 200, rows),
            "size": chance.choice(["small", "micro"], rows),
            "county": chance.choice(["330421", "330482"], rows),
            "defaulted": defaulted,
        }
    )


def written(frame: pd.DataFrame, place: Path) -> Path:
    """As CSV, or as Parquet where the name says so."""
    if place.suffix == ".parquet":
        frame.to_parquet(place)
    else:
        frame.to_csv(place, index=False)
    return place
