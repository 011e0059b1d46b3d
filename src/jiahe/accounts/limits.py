"""How often one network address, and one login, may ask for something; shared by all processes through the database."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest

from jiahe.accounts.errors import TooMany
from jiahe.accounts.models import Tally
from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# (what is asked for, by what it is counted): the parameter that says how often, and the stretch of time.
LIMITS = {
    ("sign_in", "address"): ("sign_in_address_hourly", HOUR),
    ("sign_in", "login"): ("sign_in_login_hourly", HOUR),
    ("registration", "address"): ("registration_address_daily", DAY),
    ("code", "address"): ("code_address_hourly", HOUR),
}


def take(what: str, **keys: str) -> None:
    """Count one more, by each of the keys (`address=`, `login=`); `TooMany` where one of them has had enough."""
    for kind, value in keys.items():
        name, stretch = LIMITS[what, kind]
        _take(keyring().digest(f"{what} {kind} {value}"), parameters.value(name, on=clock.today()), stretch)


def _take(key: str, allowed: int, stretch: timedelta) -> None:
    now = clock.now()
    _, new = Tally.objects.get_or_create(key=key, defaults={"since": now})
    if new:
        Tally.objects.filter(since__lte=now - DAY).delete()
    tally = Tally.objects.filter(key=key)
    tally.filter(since__lte=now - stretch).update(count=0, since=now)
    if not tally.filter(count__lt=allowed).update(count=F("count") + 1):
        since = tally.values_list("since", flat=True).get()
        raise TooMany(minutes=-((now - stretch - since) // timedelta(minutes=1)))


def address_of(request: HttpRequest) -> str:
    """The network address a request comes from; what the nearest proxy says, where one stands before the site.

    An IPv6 host has a whole /64 to itself, which counts as one address.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    text: str = forwarded.rpartition(",")[2].strip() or direct
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return direct
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
