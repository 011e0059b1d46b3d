"""Scores as a run would tell them, of a card over features of the platform, without a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from jiahe.accounts.models import User
from jiahe.kit import clock
from jiahe.scoring.card import Bin, Card, Characteristic, dumps
from jiahe.scoring.models import CardState, CardVersion, Score, ScoreChange
from tests.consent.scene import COMPANY
from tests.scoring.cards import CARD


def _characteristic(code: str, average: float, missing: int, *bins: tuple[float | None, int]) -> Characteristic:
    made = tuple(Bin(below, points, 0.0, 100, 5) for below, points in bins)
    return Characteristic(code, None, -0.5, average, made, Bin(None, missing, 0.0, 20, 1))


SCORED_BY: Card = replace(
    CARD,
    base=400,
    bands=(700, 650, 600, 550),
    characteristics=(
        _characteristic("insured", 50.0, 20, (5.0, 20), (20.0, 50), (None, 90)),
        _characteristic("power_year_on_year_3m", 62.0, 40, (-4300.0, 40), (0.0, 58), (None, 80)),
        _characteristic("filed_late_12m", 60.0, 30, (1.0, 70), (3.0, 45), (None, 10)),
        _characteristic("penalty_fine_36m", 55.0, 55, (100000.0, 60), (None, 20)),
        _characteristic("age", 30.0, 10, (24.0, 15), (None, 40)),
    ),
)
# Points sum to 712 with the base: insured, electricity, late returns, fines, age.
POINTS, KNOWN = "90,80,70,32,40", "46,900,0,120000,71"
BEFORE, KNOWN_BEFORE = "90,58,70,32,40", "46,-1200,0,120000,71"
AS_OF = date(2026, 11, 22)
SCORED: dict[str, Any] = {
    "score": 712, "band": 1, "division": "17", "size": "small", "certainty": 9312, "position": 87, "peers": 703, "points": POINTS, "known": KNOWN,
}  # fmt: skip
UNSCORED: dict[str, Any] = {"unscored": "thin", "division": "17"}


def card_in_use(card: Card = SCORED_BY) -> CardVersion:
    """Published, by whoever is there."""
    officers = [User.objects.get_or_create(login=name, defaults=_new(name))[0] for name in ("modeller-1", "modeller-2")]
    now = clock.now()
    return CardVersion.objects.create(
        number=1,
        state=CardState.PUBLISHED,
        card=dumps(card),
        digest=card.digest,
        drafted_at=now,
        drafted_by=officers[0],
        committed_at=now,
        committed_by=officers[0],
        published_at=now,
        published_by=officers[1],
    )


def _new(name: str) -> dict[str, Any]:
    return {"name": name, "created_at": clock.now(), "created_by": "system"}


def tell(serial: int = COMPANY.serial, **changes: Any) -> Score:
    """The present score, and the change that told it."""
    facts = {"run": 2, "card": SCORED_BY.digest, "as_of": AS_OF, **(changes or SCORED)}
    ScoreChange.objects.create(serial=serial, **facts)
    return Score.objects.create(serial=serial, **facts)


def told_before(serial: int = COMPANY.serial) -> None:
    """A month earlier: electricity had fallen."""
    earlier = SCORED | {"score": 690, "band": 2, "points": BEFORE, "known": KNOWN_BEFORE}
    ScoreChange.objects.create(serial=serial, run=1, card=SCORED_BY.digest, as_of=date(2026, 10, 20), **earlier)


def settle_score() -> None:
    """The company of the consents' scene has a score that rose."""
    card_in_use()
    told_before()
    tell()
