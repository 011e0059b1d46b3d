"""When an enterprise was observed, which rows are kept for a test in time, and whose performance is not over yet."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from jiahe.scoring.training.order import LATEST_SHARE, PERFORMANCE_MONTHS

FORMATS = {4: "%Y", 6: "%Y%m", 8: "%Y%m%d"}
AGE_BANDS = (
    (12, _("不满 1 年")),
    (36, _("1 至 3 年")),
    (60, _("3 至 5 年")),
    (120, _("5 至 10 年")),
)
OLDER = _("10 年以上")


def days(column: pd.Series) -> pd.Series:
    """Dates out of dates, or of 2024-06-30, 2024/06/30, 20240630, 2024-06, 202406, 2024; NaT where it is none of them."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        naive: pd.Series = column.dt.tz_localize(None).dt.normalize()
        return naive
    text = column.astype("string").str.strip().str.slice(0, 10).str.replace(r"[-/.]", "", regex=True)
    found = pd.Series(pd.NaT, index=column.index, dtype="datetime64[s]")
    for length, pattern in FORMATS.items():
        fits = (text.str.len() == length).fillna(False).astype(bool)
        found[fits] = pd.to_datetime(text[fits], format=pattern, errors="coerce").astype("datetime64[s]")
    return found


def latest(days: np.ndarray) -> np.ndarray | None:
    """True for the rows of the last days, a fifth of all or a little less; of the last day where it alone holds more.

    None where all are of one day.
    """
    cut = np.sort(days)[int(len(days) * (1 - LATEST_SHARE)) - 1]
    after: np.ndarray = days > cut if cut < days.max() else days == cut
    return None if after.all() else after


def unfinished(days: np.ndarray, today: date) -> int:
    """Rows that were observed less than the performance window ago: a default may still come."""
    whole = np.datetime64(pd.Timestamp(today) - pd.DateOffset(months=PERFORMANCE_MONTHS), "D")
    return int((days > whole).sum())


def age_in_words(months: float) -> Any:
    if np.isnan(months):
        return pd.NA
    return next((str(words) for below, words in AGE_BANDS if months < below), str(OLDER))
