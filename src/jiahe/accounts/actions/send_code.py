"""Send a code to a phone."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, When

from jiahe.accounts import typed
from jiahe.accounts.errors import CodeTooSoon
from jiahe.accounts.models import PhoneCode
from jiahe.audit.journal import write
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring
from jiahe.notify.outbox import send_sms

DIGITS = 6


@transaction.atomic
def send_code(*, actor: Actor, phone: str, purpose: str) -> str:
    """Send six digits by SMS and give the phone number as it was understood. The code before ends.

    `NotAPhone`; `CodeTooSoon` where the last one was sent just now or too many were sent that day.
    """
    number = typed.phone(phone)
    now = clock.now()
    minutes = parameters.value("phone_code_minutes", on=now.date())
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    _replace(keyring().digest(number), purpose, code, now, now + timedelta(minutes=minutes))
    send_sms(phone=number, template="code", facts={"code": code, "minutes": minutes})
    write(actor=actor, action="accounts.send_code", subject=f"purpose:{purpose}")
    return number


def digest(phone_digest: str, purpose: str, code: str) -> str:
    """What is kept of a code: nothing without the key says which of the million it was."""
    return keyring().digest(f"{purpose} {phone_digest} {code}")


def _replace(phone: str, purpose: str, code: str, now: datetime, until: datetime) -> None:
    wait = timedelta(seconds=parameters.value("phone_code_wait_seconds", on=now.date()))
    limit = parameters.value("phone_codes_a_day", on=now.date())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    fresh = {"sent_at": now - timedelta(days=2), "expires_at": now}
    PhoneCode.objects.get_or_create(phone_digest=phone, purpose=purpose, defaults=fresh)
    ready = PhoneCode.objects.filter(Q(sent_at__lt=midnight) | Q(sent_that_day__lt=limit), sent_at__lte=now - wait)
    if not ready.filter(phone_digest=phone, purpose=purpose).update(
        code_digest=digest(phone, purpose, code),
        sent_that_day=Case(When(sent_at__lt=midnight, then=1), default=F("sent_that_day") + 1),
        sent_at=now,
        expires_at=until,
        attempts=0,
        used_at=None,
    ):
        raise CodeTooSoon(seconds=wait // timedelta(seconds=1), limit=limit)
