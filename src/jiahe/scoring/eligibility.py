"""Who is not scored, and why: for one enterprise and, as an expression, for all. The first rule that holds is the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw

from jiahe.scoring.features.population import ENDED
from jiahe.scoring.models import Unscored

AGE = "age"
# Months since the first record of each; the longest counts.
HISTORIES = ("sales_history", "insured_history", "power_history")
READ = (AGE, *HISTORIES)


@dataclass(frozen=True)
class Least:
    """In months; parameters `score_least_age_months` and `score_least_history_months`."""

    age: int
    history: int


def unscored(state: str | None, values: Mapping[str, int | None], least: Least) -> Unscored | None:
    """The reason of one enterprise; None where it is scored."""
    if state in ENDED:
        return Unscored.ENDED
    if (values[AGE] or 0) < least.age:
        return Unscored.YOUNG
    if max(values[code] or 0 for code in HISTORIES) < least.history:
        return Unscored.THIN
    return None


def reason(least: Least) -> nw.Expr:
    """The same over a frame with `state` and the features of `READ`; an empty text where the enterprise is scored."""
    history = nw.max_horizontal(*(nw.col(code).fill_null(0) for code in HISTORIES))
    return (
        nw.when(nw.col("state").is_in(ENDED).fill_null(False))
        .then(nw.lit(Unscored.ENDED.value))
        .when(nw.col(AGE).fill_null(0) < least.age)
        .then(nw.lit(Unscored.YOUNG.value))
        .when(history < least.history)
        .then(nw.lit(Unscored.THIN.value))
        .otherwise(nw.lit(""))
    )
