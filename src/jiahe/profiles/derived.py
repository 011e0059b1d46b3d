"""What the platform makes of an enterprise's records, for whom the door has let in: nobody else may ask scoring for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from jiahe.profiles.view import View
from jiahe.scoring.errors import NoFeatures
from jiahe.scoring.models import Score, ScoreChange, Told
from jiahe.scoring.queries import features, scores
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


def changes(made: Mapping[str, Told], most: int) -> list[ScoreChange]:
    """The last changes of a score that the door showed, the newest first; none where it showed none."""
    shown = made.get(SCORE)
    return scores.changes(shown.serial, most) if isinstance(shown, Score | ScoreChange) else []


def known(made: Mapping[str, Told], codes: Collection[str]) -> dict[str, int | None]:
    """Some features of an enterprise whose score, or why it has none, the door showed."""
    shown = made.get(SCORE)
    if not isinstance(shown, Score | ScoreChange):
        return {}
    try:
        return features.values([shown.serial], codes).get(shown.serial, {})
    except NoFeatures:
        return {}
