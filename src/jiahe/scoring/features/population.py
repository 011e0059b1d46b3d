"""Whom features are made for, and among whom each stands: industry division and size class."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from jiahe.catalogue import load
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring.features.records import usable

REGISTRATION = "0101"
COUNTY = 6
ACTIVE = "active"
COLUMNS = ("_serial", "uscc", "division", "industry", "size", "county", "kind", "state", "established_on")


def population(lake: Frames, as_of: date, only: Frame | None = None) -> Frame:
    """A row for each enterprise that has a registration record on the day; who has none cannot be placed."""
    records = usable(lake, load().categories[REGISTRATION], as_of, only)
    return records.select(
        "_serial",
        "uscc",
        nw.col("industry_division").alias("division"),
        nw.coalesce(nw.col("industry_class"), nw.col("industry_division")).alias("industry"),
        "size",
        nw.col("area").str.slice(0, COUNTY).alias("county"),
        nw.col("enterprise_type").alias("kind"),
        _state(as_of),
        "established_on",
    )


def _state(as_of: date) -> nw.Expr:
    """The state on the day: a registration that was loaded afterwards tells of an end that nobody could foresee."""
    ended_on = nw.min_horizontal("deregistered_on", "revoked_on")
    return nw.when(ended_on > nw.lit(as_of)).then(nw.lit(ACTIVE)).otherwise(nw.col("enterprise_state")).alias("state")
