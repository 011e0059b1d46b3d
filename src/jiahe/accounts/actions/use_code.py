"""Use a code that was sent to a phone."""

from __future__ import annotations

import hmac

from django.db.models import F

from jiahe.accounts.actions.send_code import digest
from jiahe.accounts.errors import CodeSpent, CodeWrong
from jiahe.accounts.models import PhoneCode
from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring


def use_code(*, phone: str, purpose: str, code: str) -> None:
    """Take a code, once. `CodeWrong` says how many attempts are left; `CodeSpent` when it cannot be used any more.

    The attempt is counted before the code is compared, by one conditional UPDATE: parallel guesses cannot outrun it.
    """
    now = clock.now()
    limit = parameters.value("phone_code_attempts", on=now.date())
    owner = keyring().digest(phone)
    kept = PhoneCode.objects.filter(phone_digest=owner, purpose=purpose)
    usable = kept.filter(used_at=None, expires_at__gt=now)
    if not usable.filter(attempts__lt=limit).update(attempts=F("attempts") + 1):
        raise CodeSpent
    row = kept.get()
    if not hmac.compare_digest(row.code_digest, digest(owner, purpose, code.strip())):
        if row.attempts >= limit:
            raise CodeSpent
        raise CodeWrong(left=limit - row.attempts)
    if not usable.filter(code_digest=row.code_digest).update(used_at=now):
        raise CodeSpent
