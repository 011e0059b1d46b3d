"""What somebody has filled in so far of an enterprise's registration; kept in the session, for an hour."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.errors import StepMissing
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring

KEY, ENTITY = "registration", "verified_entity"
ENTERPRISE, PHONE, REPRESENTATIVE, ACCOUNT = "enterprise", "phone", "representative", "account"
NAMES = {ENTERPRISE: _("企业"), PHONE: _("手机"), REPRESENTATIVE: _("法定代表人"), ACCOUNT: _("账户")}


@dataclass
class Draft:
    """`asked` is the phone that a code was sent to, `phone` the one that answered; both encrypted."""

    begun: str
    uscc: str
    name: str
    asked: str = ""
    phone: str = ""
    verification: str = ""

    def save(self, request: HttpRequest) -> None:
        request.session[KEY] = asdict(self)

    def clear(self, field: str) -> str:
        sealed = str(getattr(self, field))
        return keyring().decrypt(sealed) if sealed else ""


@dataclass(frozen=True)
class Step:
    code: str
    name: str | Promise
    done: bool


def begin(request: HttpRequest, *, uscc: str, name: str) -> None:
    """A registration from its first step; one begun before is forgotten."""
    Draft(begun=clock.now().isoformat(), uscc=uscc, name=name).save(request)


def draft(request: HttpRequest) -> Draft:
    """The registration that was begun; `StepMissing` where there is none, or too long ago."""
    kept = request.session.get(KEY)
    if not kept:
        raise StepMissing
    found = Draft(**kept)
    minutes = parameters.value("registration_minutes", on=clock.today())
    if datetime.fromisoformat(found.begun) < clock.now() - timedelta(minutes=minutes):
        end(request)
        raise StepMissing
    return found


def end(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def entity(request: HttpRequest) -> VerifiedEntity | None:
    """What a sign-in by licence or legal-person single sign-on has proved, where there was one."""
    said = request.session.get(ENTITY)
    return VerifiedEntity(**said) if said else None


def proved(request: HttpRequest, found: Draft) -> VerifiedEntity | None:
    """The same, where it is about the enterprise being registered."""
    said = entity(request)
    return said if said and said.uscc == found.uscc else None


def path(request: HttpRequest, found: Draft | None = None) -> list[str]:
    """The steps of this person: who has an account needs no phone, who has been proved no representative."""
    steps = [ENTERPRISE]
    if not request.user.is_authenticated:
        steps.append(PHONE)
    if not (proved(request, found) if found else entity(request)):
        steps.append(REPRESENTATIVE)
    return [*steps, ACCOUNT]


def steps(request: HttpRequest, now: str, found: Draft | None = None) -> list[Step]:
    codes = path(request, found)
    place = codes.index(now)
    return [Step(code, NAMES[code], n < place) for n, code in enumerate(codes)]
