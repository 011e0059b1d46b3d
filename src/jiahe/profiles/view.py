"""Who reads by which rule, and what is open to them of one enterprise at one moment; the log row that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.errors import OrganisationNotActive
from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog
from jiahe.catalogue import Authorisation, Category, load
from jiahe.consent.actions.use import Admission, Right
from jiahe.consent.terms import Refusal, Subject, SubjectKind, authorisations_of
from jiahe.creditfile.models import Enterprise
from jiahe.kit import uscc
from jiahe.kit.actor import Actor
from jiahe.profiles import policy
from jiahe.profiles.errors import NotAllowed
from jiahe.profiles.opening import Opening, openings
from jiahe.profiles.policy import Rule

LONGEST_CODE = 40
UNKNOWN = 0  # the serial of an enterprise that is not in the registry


@dataclass(frozen=True)
class Withheld:
    """A category that was asked for and is not shown, or not wholly, and why: a `Reason`'s code."""

    category: str
    reason: str


@dataclass(frozen=True)
class Reader:
    """Who reads, for what, by which rule, which categories."""

    actor: Actor
    purpose: str
    rule: Rule
    asked: tuple[Category, ...]


@dataclass(frozen=True)
class View:
    """What is open to a reader of one enterprise at one moment; no enterprise where there is none of that code.

    `former_names` are those of an enterprise that is read alone.
    """

    uscc: str
    enterprise: Enterprise | None
    admission: Admission
    openings: dict[str, Opening]
    former_names: tuple[str, ...] = ()

    @cached_property
    def open_ones(self) -> list[str]:
        return [code for code, one in self.openings.items() if one.open and self.enterprise]

    @property
    def consents(self) -> list[str]:
        return sorted({number for one in self.openings.values() for number in one.consents})


def code_of(written: str) -> str:
    """A code as it is compared; what is far too long to be one is cut before anything is done with it."""
    return uscc.normalise(written[:LONGEST_CODE])


def reader_of(actor: Actor, purpose: str, categories: Collection[str] | None) -> Reader:
    """`NotAllowed` for who sees no enterprise data for the purpose."""
    rule = policy.rule(actor.role, purpose)
    if rule is None:
        raise NotAllowed
    known = load().readable if rule.derived else load().categories
    wanted = known if categories is None else [code for code in categories if code in known]
    return Reader(actor, purpose, rule, tuple(known[code] for code in wanted))


def assert_active(actor: Actor, own: Organisation | None) -> None:
    """`OrganisationNotActive` where the reader's own organisation is frozen or closed; the platform itself has none."""
    if actor.user_id is None:
        return
    if own is None:
        raise NotAllowed
    if own.state != OrganisationState.ACTIVE:
        raise OrganisationNotActive(organisation=own.name, state=own.get_state_display(), reason=own.reason)


def needing_consent(reader: Reader, kind: SubjectKind, *, strict: bool) -> list[str]:
    """Those asked for that a consent opens, at least for some of their records."""
    return list(_waiting(reader.rule.consents, reader.asked, kind, strict=strict))


@lru_cache(maxsize=512)
def _waiting(
    classes: frozenset[Authorisation], asked: tuple[Category, ...], kind: SubjectKind, *, strict: bool
) -> tuple[str, ...]:
    return tuple(c.code for c in asked if classes & authorisations_of(c, kind, strict=strict))


def unconsented(subject: Subject, *, strict: bool) -> Admission:
    """The admission of a reader whose rule asks for no consent."""
    return Admission(subject, Right(Refusal.NONE), Right(Refusal.NOT_WRITTEN), strict)


def view_of(
    reader: Reader, code: str, enterprise: Enterprise | None, admission: Admission, former_names: tuple[str, ...] = ()
) -> View:
    found = openings(reader.rule, reader.asked, admission, reader.actor)
    return View(code, enterprise, admission, found, former_names)


def subject_of(enterprise: Enterprise) -> Subject:
    return Subject(enterprise.serial, enterprise.uscc, enterprise.kind)


def withheld_of(view: View) -> Iterator[Withheld]:
    for code, one in view.openings.items():
        if one.reason:
            yield Withheld(code, one.reason.value)


def log_of(reader: Reader, view: View, at: datetime, withheld: Collection[Withheld], records: int) -> AccessLog:
    """The row, not saved yet, that says what was asked and what was shown."""
    return AccessLog.by(
        reader.actor,
        at=at,
        serial=view.enterprise.serial if view.enterprise else UNKNOWN,
        uscc=view.uscc[:18],
        purpose=reader.purpose,
        categories=view.open_ones,
        withheld=[w.category for w in withheld],
        consents=view.consents if view.open_ones else [],
        records=records,
    )
