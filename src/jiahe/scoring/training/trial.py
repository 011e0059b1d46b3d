"""The figures of a finished card on a table that it may never have seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from jiahe.scoring.card import Card
from jiahe.scoring.training import figures, scorecard
from jiahe.scoring.training.calibration import probabilities
from jiahe.scoring.training.errors import BadTable
from jiahe.scoring.training.figures import Figures
from jiahe.scoring.training.table import read


@dataclass(frozen=True)
class Tested:
    """`psi` compares the scores with those of the enterprises the card was made from."""

    figures: Figures
    psi: float


def measure_card(card: Card, file: Path, *, target: str, identity: str, time: str | None, today: date) -> Tested:
    table = read(file, target=target, identity=identity, time=time, seed=card.origin.seed, today=today)
    if missing := [code for code in card.codes if code not in table.features]:
        raise BadTable(
            file=file.name,
            what=_("没有评分卡用到的列 {missing}").format(missing="、".join(missing)),
            remedy=_("请补上这些列，没有值的留空"),
        )
    scores = scorecard.scores(card, table.features)
    return Tested(figures.measure(table.target, probabilities(card.calibration, scores)), psi(card, scores))


def psi(card: Card, scores: np.ndarray) -> float:
    bounds = np.array([share.upto for share in card.distribution if share.upto is not None])
    part = np.searchsorted(bounds, scores, side="left")
    expected = np.array([share.records for share in card.distribution])
    return figures.psi(expected, np.bincount(part, minlength=len(expected)))
