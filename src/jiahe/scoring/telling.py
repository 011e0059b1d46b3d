"""From features to what is told of each enterprise: points, score, band, place among peers, or why there is no score."""

from __future__ import annotations

from datetime import date

import narwhals.stable.v2 as nw

from jiahe.kit import parameters
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.scoring import eligibility
from jiahe.scoring.card import POINTS, Card, scored
from jiahe.scoring.eligibility import Least
from jiahe.scoring.ranking import READ, ranked

SEPARATOR = ","
COLUMNS = (
    "_serial",
    "score",
    "band",
    "unscored",
    "division",
    "certainty",
    "size",
    "position",
    "peers",
    "points",
    "known",
)


def least(day: date) -> Least:
    """What an enterprise needs to be scored on a day."""
    months = (parameters.value(f"score_least_{what}_months", on=day) for what in ("age", "history"))
    return Least(*months)


def eligible(features: Frame, day: date) -> Frame:
    """The rows of a frame of features that can be scored."""
    return features.filter(eligibility.reason(least(day)) == "")


def told(lake: Frames, features: Frame, card: Card, needed: Least, others: Frame | None = None) -> Frame:
    """One row for each enterprise of a frame of features, the columns as in `Told`.

    `others` are the scores among which those of the frame are ranked besides, as `ranking.READ` names them.
    """
    unscored = eligibility.reason(needed).alias("unscored")
    narrow = features.select("_serial", "division", "certainty", "size", unscored, *card.codes)
    whether = nw.col("unscored") == ""
    given = scored(narrow, card).select(
        "_serial",
        "division",
        "certainty",
        "size",
        "unscored",
        nw.when(whether).then(nw.col("score")).alias("score"),
        nw.when(whether).then(nw.col("band")).alias("band"),
        _joined([POINTS + code for code in card.codes]).alias("points"),
        _joined(list(card.codes)).alias("known"),
    )
    kept = lake.keep(given)
    everybody = kept.select(*READ)
    if others is not None:
        rest = others.join(kept, on="_serial", how="anti").select(*READ)
        everybody = nw.concat([everybody, rest], how="vertical")
    return lake.beside(kept, [lake.keep(ranked(everybody))]).select(*COLUMNS)


def _joined(columns: list[str]) -> nw.Expr:
    """Whole numbers as one text; what is not known is empty."""
    texts = [nw.col(column).cast(nw.String).fill_null("") for column in columns]
    return nw.concat_str(*texts, separator=SEPARATOR)


def numbers(text: str) -> list[int | None]:
    """Such a text's numbers."""
    return [int(part) if part else None for part in text.split(SEPARATOR)]
