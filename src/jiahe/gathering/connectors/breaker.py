"""The circuit breaker of a source: after some failures in a row it is left alone for a while, by all processes.

Closed, open, half open: once it has rested, one process tries it, and the others go on leaving it alone until that
one has an answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from jiahe.gathering.models import Breaker
from jiahe.kit import clock, parameters


def may_ask(source: str) -> bool:
    """Whether the source is to be asked now; of many processes that come after its rest, one may."""
    row = Breaker.objects.filter(source=source).first()
    if row is None or row.opened_until is None:
        return True
    if row.opened_until > clock.now():
        return False
    seen = Breaker.objects.filter(source=source, opened_until=row.opened_until)
    return bool(seen.update(opened_until=_rested()))


def answered(source: str) -> None:
    Breaker.objects.filter(source=source).delete()


def failed(source: str) -> None:
    """Count a failure; the last one that is borne opens the breaker."""
    Breaker.objects.get_or_create(source=source)
    Breaker.objects.filter(source=source).update(failures=F("failures") + 1)
    borne = parameters.value("on_demand_failures", on=clock.today())
    Breaker.objects.filter(source=source, failures__gte=borne).update(opened_until=_rested())


def _rested() -> datetime:
    return clock.now() + timedelta(seconds=parameters.value("on_demand_rest_seconds", on=clock.today()))
