"""What the platform makes of an enterprise's records, for whom the door has let in: nobody else may ask scoring for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jiahe.profiles.view import View
from jiahe.scoring.models import Told
from jiahe.scoring.queries.scores import told

SCORE = "9001"
MAKERS: dict[str, Callable[[int, date | None], Told | None]] = {SCORE: told}


def of(view: View, as_of: date | None) -> dict[str, Told]:
    """By category, of those that are open; what is not there yet is left out."""
    if view.enterprise is None:
        return {}
    serial = view.enterprise.serial
    found = {code: MAKERS[code](serial, as_of) for code in view.open_ones if code in MAKERS}
    return {code: made for code, made in found.items() if made is not None}
