"""From a labelled table to a card with its figures: the same order over the same bytes gives the same card."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from optbinning import Scorecard
from threadpoolctl import threadpool_limits

import jiahe
from jiahe.scoring.card import Card, Direction, Origin, Share
from jiahe.scoring.card.model import BANDS
from jiahe.scoring.training import challenger, figures, scorecard, windows
from jiahe.scoring.training.calibration import calibrate, probabilities
from jiahe.scoring.training.directions import directions
from jiahe.scoring.training.errors import BadTable
from jiahe.scoring.training.fairness import Group, groups
from jiahe.scoring.training.figures import Figures
from jiahe.scoring.training.leakage import Leak, leaks
from jiahe.scoring.training.order import THREADS, Order
from jiahe.scoring.training.table import LEAST_EACH, Table, read
from jiahe.scoring.training.trial import psi
from jiahe.scoring.training.validation import Validated, validate

LOCK = Path(jiahe.__file__).parents[2] / "requirements-dev.lock"
LEAST_LATEST = 5
PARTS = 10


@dataclass(frozen=True)
class Latest:
    """The test on the last days, of which neither card nor challenger knew anything."""

    since: date
    card: Figures
    challenger: Figures


@dataclass(frozen=True)
class Result:
    """`figures` are of scores that a row's own card did not know; `psi` compares the card's own rows with the tested ones."""

    order: Order
    card: Card
    original: Scorecard
    validated: Validated
    figures: Figures
    challenger: Figures
    latest: Latest | None
    psi: float
    leaks: tuple[Leak, ...]
    groups: tuple[Group, ...]
    target: np.ndarray
    left_out: tuple[str, ...]
    candidates: int
    unfinished: int


def train(order: Order, today: date, say: Callable[[str], None]) -> Result:
    """Raises BadTable where no card can be made."""
    with threadpool_limits(THREADS), warnings.catch_warnings():
        # What pandas has to say about the inside of optbinning.
        warnings.filterwarnings("ignore", module=r"optbinning\.")
        return _train(order, today, say)


def _train(order: Order, today: date, say: Callable[[str], None]) -> Result:
    say(_("读取并检查训练表"))
    table = read(
        order.file, target=order.target, identity=order.identity, time=order.time, seed=order.seed, today=today
    )
    known = leaks(table, order.seed)
    table = table.without([leak.feature for leak in known])
    own, late = _split(table)
    monotone = directions(table.names, order.monotone)
    validated = validate(
        own, order.scaling, monotone, order.seed, lambda one, of: say(_("交叉验证 {one}/{of}").format(one=one, of=of))
    )
    say(_("生成评分卡"))
    fitted = scorecard.fit(own, order.scaling, monotone) if validated else None
    if validated is None or fitted is None:
        raise BadTable(
            file=table.file, what=_("没有一列能区分违约与未违约"), remedy=_("请加入与经营有关的特征，或核对标签")
        )
    card = _card(order, own, fitted, validated)
    tested = validated.scores if late is None else scorecard.scores(card, late.features)
    chances = probabilities(card.calibration, validated.scores)
    return Result(
        order=order,
        card=card,
        original=fitted.original,
        validated=validated,
        figures=figures.measure(own.target, chances),
        challenger=figures.measure(own.target, validated.risk),
        latest=None if late is None else _latest(card, own, late, monotone, order.seed),
        psi=psi(card, tested),
        leaks=known,
        groups=groups(own.groups, validated.scores, chances, own.target, card.bands[2]),
        target=own.target,
        left_out=table.left_out,
        candidates=table.features.shape[1],
        unfinished=0 if table.days is None else windows.unfinished(table.days, today),
    )


def _split(table: Table) -> tuple[Table, Table | None]:
    """The rows a card is made from, and those of the last days."""
    late = None if table.days is None else windows.latest(table.days)
    if late is None:
        return table, None
    own, latest = table.rows(np.flatnonzero(~late)), table.rows(np.flatnonzero(late))
    for part, least in ((own, LEAST_EACH), (latest, LEAST_LATEST)):
        if min(part.target.sum(), len(part) - part.target.sum()) < least:
            what = _("按时间切分后，{since} 以前违约 {before} 家，以后违约 {after} 家").format(
                since=_since(latest), before=int(own.target.sum()), after=int(latest.target.sum())
            )
            remedy = _("请加长观察期，或不用 --time")
            raise BadTable(file=table.file, what=what, remedy=remedy)
    return own, latest


def _since(latest: Table) -> date:
    assert latest.days is not None
    since: date = latest.days.min().item()
    return since


def _latest(card: Card, own: Table, late: Table, monotone: Mapping[str, Direction], seed: int) -> Latest:
    chances = probabilities(card.calibration, scorecard.scores(card, late.features))
    other = challenger.probabilities(challenger.fit(own, monotone, seed), late.features)
    return Latest(_since(late), figures.measure(late.target, chances), figures.measure(late.target, other))


def _card(order: Order, own: Table, fitted: scorecard.Fitted, validated: Validated) -> Card:
    scores = fitted.scores(own.features)
    days = [None, None] if own.days is None else [str(own.days.min()), str(own.days.max())]
    return Card(
        base=fitted.base,
        scaling=order.scaling,
        characteristics=fitted.characteristics,
        calibration=calibrate(validated.scores, own.target),
        bands=_bands(scores),
        distribution=_distribution(scores, own.target),
        origin=Origin(
            data_sha256=own.sha256,
            rows=len(own),
            defaults=int(own.target.sum()),
            target=order.target,
            seed=order.seed,
            lock_sha256=_lock(),
            threads=THREADS,
            observed_from=days[0],
            observed_to=days[1],
        ),
    )


def _bands(scores: np.ndarray) -> tuple[int, ...]:
    """A fifth of the enterprises in each band, as far as whole scores allow."""
    cuts: list[int] = []
    for part in range(1, BANDS):
        cut = int(np.quantile(scores, 1 - part / BANDS, method="higher"))
        cuts.append(min(cut, cuts[-1] - 1) if cuts else cut)
    return tuple(cuts)


def _distribution(scores: np.ndarray, target: np.ndarray) -> tuple[Share, ...]:
    bounds = np.unique(np.quantile(scores, np.linspace(0, 1, PARTS + 1)[1:-1], method="lower")).astype(int)
    bounds = bounds[bounds < scores.max()]
    part = np.searchsorted(bounds, scores, side="left")
    rows = np.bincount(part, minlength=len(bounds) + 1)
    defaults = np.bincount(part, weights=target, minlength=len(bounds) + 1)
    uptos = [*(int(bound) for bound in bounds), None]
    return tuple(Share(upto, int(n), int(bad)) for upto, n, bad in zip(uptos, rows, defaults, strict=True))


def _lock() -> str:
    """Of the lock file; where the package was installed without one, of what is installed."""
    if LOCK.exists():
        return sha256(LOCK.read_bytes()).hexdigest()
    installed = sorted(f"{one.metadata['Name']}=={one.version}" for one in distributions())
    return sha256("\n".join(installed).encode()).hexdigest()
