"""Set up, replace and take away the second factor of an account."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from jiahe.accounts import attempts, second_factor
from jiahe.accounts.errors import CodeRefused
from jiahe.accounts.models import User
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


def set_up(*, actor: Actor, user: User, secret: str, code: str) -> list[str]:
    """The device proved by a code that it holds the secret: the factor stands, in place of an earlier one.

    Returns the new recovery codes, which nobody sees again. `CodeRefused` for a wrong code; tries are counted.
    """
    attempts.count(attempts.code_of(user.pk))
    step = second_factor.step_of(secret, code)
    if step is None or not second_factor.spend(user, step):
        raise CodeRefused
    attempts.forget(attempts.code_of(user.pk))
    return install(actor=actor, user=user, secret=secret)


@transaction.atomic
def install(*, actor: Actor, user: User, secret: str) -> list[str]:
    """The secret becomes the person's second factor; returns new recovery codes."""
    _remove(user)
    TOTP.activate(user, secret)
    write(actor=actor, action="accounts.set_second_factor", subject=f"user:{user.pk}")
    return _recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(*, actor: Actor, user: User) -> list[str]:
    """New recovery codes; the old ones are void."""
    second_factor.authenticators(user, Authenticator.Type.RECOVERY_CODES).delete()
    write(actor=actor, action="accounts.renew_recovery_codes", subject=f"user:{user.pk}")
    return _recovery_codes(user)


@transaction.atomic
def take_away(*, actor: Actor, user: User) -> None:
    """Without second factor from now on; whoever needs one must set it up at the next page."""
    _remove(user)
    write(actor=actor, action="accounts.remove_second_factor", subject=f"user:{user.pk}")


def _recovery_codes(user: User) -> list[str]:
    return list(RecoveryCodes.activate(user).generate_codes())


def _remove(user: User) -> None:
    Authenticator.objects.filter(user_id=user.pk, type__in=KINDS).delete()
