"""What is told of one enterprise, now and before."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from jiahe.scoring.models import Score, ScoreChange, Told
from jiahe.scoring.ranking import READ


def told(serial: int, as_of: date | None = None) -> Told | None:
    """Its present score, or the one that was told of a day; None where no run took it."""
    if as_of is None:
        return Score.objects.filter(serial=serial).first()
    return ScoreChange.objects.filter(serial=serial, as_of__lte=as_of).order_by("-as_of", "-run").first()


def placed() -> pa.Table:
    """Everybody's present score, as a ranking reads it."""
    rows = list(Score.objects.filter(score__isnull=False).values_list("serial", "score", "division", "size"))
    types = (pa.int64(), pa.int32(), pa.string(), pa.string())
    columns = [pa.array([row[i] or None for row in rows], kind) for i, kind in enumerate(types)]
    return pa.Table.from_arrays(columns, names=list(READ))


def changes(serial: int, most: int | None = None) -> list[ScoreChange]:
    """Every change, the newest first, or the newest ones only."""
    return list(ScoreChange.objects.filter(serial=serial).order_by("-run")[:most])
