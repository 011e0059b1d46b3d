"""Tries in a row of one secret: after a stated number of failures it rests for a stated time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from jiahe.accounts.errors import SignInResting
from jiahe.accounts.models import SignInAttempts
from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """So many failures in a row, then so many minutes of rest."""

    limit: int
    minutes: int


def rule() -> Rule:
    today = clock.today()
    limit, minutes = (parameters.value(name, on=today) for name in ("sign_in_attempts", "sign_in_rest_minutes"))
    return Rule(limit, minutes)


def code_of(user_id: int) -> str:
    """What a person's second-factor codes are counted under; no login can be written like it."""
    return f"\0code:{user_id}"


def count(what: str) -> None:
    """Count one try before it is made, by one conditional UPDATE: parallel guesses cannot outrun it.

    `SignInResting` where the secret rests. `what` may be a password typed in the wrong place: only its digest is kept.
    """
    now, in_force, digest = clock.now(), rule(), keyring().digest(what)
    rested = now - timedelta(minutes=in_force.minutes)
    SignInAttempts.objects.get_or_create(login_digest=digest, defaults={"last_at": now})
    attempts = SignInAttempts.objects.filter(login_digest=digest)
    attempts.filter(last_at__lte=rested).update(count=0)
    if not attempts.filter(count__lt=in_force.limit).update(count=F("count") + 1, last_at=now):
        last_at = attempts.values_list("last_at", flat=True).get()
        raise SignInResting(minutes=-((rested - last_at) // timedelta(minutes=1)))


def forget(what: str) -> None:
    """The try succeeded; old ones of others are forgotten with it."""
    SignInAttempts.objects.filter(login_digest=keyring().digest(what)).delete()
    _forget_old(clock.now())


def _forget_old(now: datetime) -> None:
    SignInAttempts.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
