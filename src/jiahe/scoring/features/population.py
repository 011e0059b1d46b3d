"""Whom features are made for, and among whom each stands: industry division and size class."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from jiahe.catalogue import load
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring.features.inferring import REGISTRATION, inferred
from jiahe.scoring.features.records import usable

COUNTY = 6
ACTIVE = "active"
ENDED = ("revoked", "annulled", "deregistered")
COLUMNS = ("_serial", "uscc", "division", "certainty", "industry", "size", "county", "kind", "state", "established_on")


def population(lake: Frames, as_of: date, only: Frame | None = None) -> Frame:
    """A row for each enterprise that has a registration record on the day; who has none cannot be placed.

    A division that is not registered is inferred, where the texts tell of one; `certainty` then says how sure that is, in
    hundredths of a per cent, and is null else.
    """
    records = usable(lake, load().categories[REGISTRATION], as_of, only)
    guessed = lake.given(inferred(lake, as_of, only)).rename({"division": "_inferred"})
    placed = records.join(guessed, on="_serial", how="left").with_columns(
        nw.coalesce(nw.col("industry_division"), nw.col("_inferred")).alias("division")
    )
    return placed.select(
        "_serial",
        "uscc",
        "division",
        "certainty",
        nw.coalesce(nw.col("industry_class"), nw.col("division")).alias("industry"),
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
