"""Who looked at an enterprise: the rows of the access log as sentences, for the enterprise itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jiahe.accounts.enums import ROLES, OrganisationKind, Role
from jiahe.accounts.models import Branch, Organisation
from jiahe.audit.models import AccessLog
from jiahe.catalogue import load, names
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.profiles.enums import Purpose
from jiahe.profiles.errors import NotAllowed

NAMED = 3
PAPER = "attachment:"  # before the number of a paper, which stands in the log in the place of a category


@dataclass(frozen=True)
class Reading:
    """One read in words; who read is said by organisation, branch and role, never by a name."""

    uid: str
    at: datetime
    who: str
    purpose: str
    categories: tuple[str, ...]
    withheld: tuple[str, ...]
    consents: tuple[str, ...]
    own: bool

    @property
    def refused(self) -> bool:
        return not self.categories

    @property
    def sentence(self) -> str:
        facts = {"who": self.who, "purpose": self.purpose, "what": _listed(self.categories or self.withheld)}
        if self.refused:
            return _("{who}因“{purpose}”要查看 {what}，未获准").format(**facts)
        return _("{who}因“{purpose}”查看了 {what}").format(**facts)


def _listed(found: tuple[str, ...]) -> str:
    """税务、社保 2 类; the first few where there are many."""
    joined = _("、").join(found[:NAMED])
    pattern = _("{names} 等 {count} 类") if len(found) > NAMED else _("{names} {count} 类")
    return pattern.format(names=joined, count=len(found))


def readings(
    *, actor: Actor, organisation: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AccessLog]:
    """The reads of the actor's enterprise, the newest first: those of others, or of one organisation (also one's own).

    `NotAllowed` for who does not act for an enterprise.
    """
    found = _of(actor)
    found = found.filter(organisation=organisation) if organisation else found.exclude(organisation=actor.organisation)
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    return found.order_by("-at", "-pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def _of(actor: Actor) -> QuerySet[AccessLog]:
    if actor.role not in ROLES[OrganisationKind.ENTERPRISE]:
        raise NotAllowed
    serial = Enterprise.objects.filter(uscc=actor.organisation).values_list("serial", flat=True).first()
    return AccessLog.objects.filter(serial=serial) if serial else AccessLog.objects.none()


def readers(*, actor: Actor) -> list[tuple[str, str]]:
    """Code and name of every organisation that has read the actor's enterprise, itself included."""
    codes = set(_of(actor).order_by().values_list("organisation", flat=True).distinct())
    return sorted(Organisation.objects.filter(code__in=codes).values_list("code", "name"), key=lambda one: one[1])


def said(rows: Iterable[AccessLog]) -> list[Reading]:
    """Two queries for any number."""
    found = list(rows)
    bodies = dict(Organisation.objects.filter(code__in={r.organisation for r in found}).values_list("code", "name"))
    offices = Branch.objects.filter(institution__code__in=bodies, code__in={r.branch for r in found if r.branch})
    branches = {(code, branch): name for code, branch, name in offices.values_list("institution__code", "code", "name")}
    return [
        _reading(r, bodies.get(r.organisation, str(_("平台"))), branches.get((r.organisation, r.branch), ""))
        for r in found
    ]


def _reading(row: AccessLog, body: str, branch: str) -> Reading:
    role = str(Role(row.role).label) if row.role in Role else ""
    return Reading(
        uid=row.uid,
        at=row.at,
        who=_("{organisation}{role}").format(organisation=f"{body}{branch}", role=role) if role else body,
        purpose=str(Purpose(row.purpose).label) if row.purpose in Purpose else row.purpose,
        categories=_named(row.categories),
        withheld=_named(row.withheld),
        consents=tuple(row.consents),
        own=row.organisation == row.uscc,
    )


def _named(codes: list[str]) -> tuple[str, ...]:
    known = load().consentable
    papers = (_("附件{number}").format(number=code.removeprefix(PAPER)) for code in codes if code.startswith(PAPER))
    return (*(names.said(known[code].name) for code in codes if code in known), *papers)
