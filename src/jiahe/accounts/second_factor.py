"""The second factor: codes by time (RFC 6238) from a secret that only the person's device and this site hold."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from jiahe.accounts.authenticators import SealedSecrets
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.accounts.models import User

# Whoever sees or governs what belongs to others; for enterprises it is a choice.
REQUIRED = frozenset(
    role
    for kind in (
        OrganisationKind.AUTHORITY,
        OrganisationKind.DEPARTMENT,
        OrganisationKind.INSTITUTION,
        OrganisationKind.AGENCY,
    )
    for role in ROLES[kind]
)


def is_required(role: str) -> bool:
    return role in REQUIRED


def authenticators(user: User, kind: str) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user.pk, type=kind)
    return found.order_by("pk")


def is_set(user: User) -> bool:
    return authenticators(user, Authenticator.Type.TOTP).exists()


def new_secret() -> str:
    return str(totp.generate_totp_secret())


def address(user: User, secret: str) -> str:
    """What the QR code says to an authenticator app."""
    return str(SealedSecrets().build_totp_url(user, secret))


def step_of(secret: str, code: str) -> int | None:
    """The time step that a code belongs to, one step of difference between clocks allowed; None for a wrong code."""
    typed = "".join(code.split())
    return next((step for step in steps() if constant_time_compare(typed, code_at(secret, step))), None)


def steps() -> list[int]:
    """The time steps whose codes are accepted now: the one before, the present one, the one after."""
    return list(totp.yield_hotp_counters_from_time())


def code_at(secret: str, step: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, step)))


def current_code(user: User) -> str | None:
    """The code of this moment, for the demonstration; None without a second factor."""
    found = authenticators(user, Authenticator.Type.TOTP).first()
    if found is None:
        return None
    _before, now, _after = steps()
    return code_at(_secret(found), now)


def accepts(user: User, code: str) -> bool:
    """Whether the code is right and unspent; it is spent with that. A code of an earlier step is spent with a later one."""
    found = authenticators(user, Authenticator.Type.TOTP).first()
    step = step_of(_secret(found), code) if found else None
    return step is not None and spend(user, step)


def spend(user: User, step: int) -> bool:
    """One conditional UPDATE: of two requests with one code, one is let in."""
    return bool(User.objects.filter(pk=user.pk, last_code__lt=step).update(last_code=step))


def accepts_recovery(user: User, code: str) -> bool:
    """Whether it is one of the person's unused recovery codes; it is used with that."""
    found = authenticators(user, Authenticator.Type.RECOVERY_CODES).first()
    return found is not None and bool(RecoveryCodes(found).validate_code("".join(code.split())))


def recovery_left(user: User) -> int:
    found = authenticators(user, Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0


def _secret(authenticator: Authenticator) -> str:
    return SealedSecrets().decrypt(authenticator.data["secret"])
