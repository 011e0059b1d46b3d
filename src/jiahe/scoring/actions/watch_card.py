"""Keep what a month's watch of the card in use found, and tell an alarm."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.lake.engines.frames import Frames, frames
from jiahe.scoring.actions.move_card import record, tell_officials
from jiahe.scoring.card import Card
from jiahe.scoring.errors import NoOutcomes, NothingInUse
from jiahe.scoring.models import CardVersion, Monitoring
from jiahe.scoring.monitoring import Drift, Truth, drift, truth
from jiahe.scoring.queries.cards import card_of, live
from jiahe.scoring.queries.features import labelled, scorable
from jiahe.scoring.queries.outcomes import observable
from jiahe.scoring.watch import alarms, attention, thresholds


def watch_live(*, actor: Actor) -> Monitoring:
    """The card in use, against the features of the last run and the newest outcomes that are complete.

    `NothingInUse` or `NoFeatures` where there is nothing to watch.
    """
    version = live()
    if version is None:
        raise NothingInUse
    card = card_of(version)
    with frames() as lake:
        frame, day = scorable(lake)
        found = drift(lake, frame, card)
        observed_on, came = _truth(lake, card)
    return watch_card(actor=actor, version=version, as_of=day, drift=found, truth=came, observed_on=observed_on)


def _truth(lake: Frames, card: Card) -> tuple[date | None, Truth | None]:
    """On the last day whose outcomes are complete; nothing before the first outcomes and where nobody was known then."""
    try:
        day = observable()
    except NoOutcomes:
        return None, None
    found = truth(lake, labelled(lake, day, card.codes), card)
    return (day, found) if found.enterprises else (None, None)


@transaction.atomic
def watch_card(
    *, actor: Actor, version: CardVersion, as_of: date, drift: Drift, truth: Truth | None, observed_on: date | None
) -> Monitoring:
    """The month's row, written anew where there is one; officers are told when there are alarms that it had not yet."""
    today = clock.today()
    limits = thresholds(today)
    before = Monitoring.objects.filter(version=version, month=today.replace(day=1)).first()
    row, _new = Monitoring.objects.update_or_create(
        version=version,
        month=today.replace(day=1),
        defaults={
            "as_of": as_of,
            "enterprises": drift.enterprises,
            "psi": drift.score,
            "drift": drift.characteristics,
            "observed_on": observed_on if truth else None,
            "known": truth.enterprises if truth else None,
            "expected": truth.expected if truth else None,
            "observed": truth.observed if truth else None,
            "ks": truth.ks if truth else None,
            "attention": attention(drift, limits),
            "alarms": alarms(drift, truth, limits),
            "made_at": clock.now(),
        },
    )
    record(actor, "watch", version, month=f"{row.month:%Y-%m}", alarms=len(row.alarms))
    if set(row.alarms) - set(before.alarms if before else ()):
        month, count = f"{row.month:%Y-%m}", len(row.alarms)
        tell_officials(actor, "card.alarm", version, watch=False, month=month, count=count)
    return row
