"""What a consent opens, when it opens nothing, and who may do what to it: tables and plain functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from jiahe.catalogue import Authorisation, Category


class State(StrEnum):
    REQUESTED = "requested"
    REFUSED = "refused"
    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    USED_UP = "used_up"
    REPLACED = "replaced"
    VOID = "void"


LIVE = (State.ACTIVE, State.PAUSED)
OPEN = (State.REQUESTED, State.PENDING, *LIVE)


class Party(StrEnum):
    """In what right somebody acts on a consent."""

    ENTERPRISE = "enterprise"  # the enterprise's administrator or its verified representative
    PERSON = "person"  # the person concerned: the verified legal representative, operator or owner
    GRANTEE = "grantee"
    SYSTEM = "system"


class Action(StrEnum):
    ASK = "ask"
    REFUSE = "refuse"
    GIVE = "give"
    OFFER = "offer"
    CLAIM = "claim"
    PAUSE = "pause"
    RESUME = "resume"
    REVOKE = "revoke"
    REPLACE = "replace"
    EXPIRE = "expire"
    FINISH = "finish"
    VOID = "void"


@dataclass(frozen=True)
class Transition:
    """From which states (none: it makes a new consent) to which one, and who may, for a written consent apart."""

    start: tuple[State, ...]
    end: State
    who: tuple[Party, ...]
    written: tuple[Party, ...]


_GIVER, _PERSON, _EITHER = (Party.ENTERPRISE,), (Party.PERSON,), (Party.ENTERPRISE, Party.PERSON)
_GRANTEE, _SYSTEM, _NOBODY = (Party.GRANTEE,), (Party.SYSTEM,), ()

TRANSITIONS: dict[Action, Transition] = {
    Action.ASK: Transition((), State.REQUESTED, (Party.GRANTEE, Party.SYSTEM), (Party.GRANTEE, Party.SYSTEM)),
    Action.REFUSE: Transition((State.REQUESTED,), State.REFUSED, _GIVER, _PERSON),
    Action.GIVE: Transition((State.REQUESTED,), State.ACTIVE, _GIVER, _PERSON),
    Action.OFFER: Transition((), State.PENDING, _GIVER, _NOBODY),
    Action.CLAIM: Transition((State.PENDING,), State.ACTIVE, _GRANTEE, _NOBODY),
    Action.PAUSE: Transition((State.ACTIVE,), State.PAUSED, _GIVER, _EITHER),
    Action.RESUME: Transition((State.PAUSED,), State.ACTIVE, _GIVER, _PERSON),
    Action.REVOKE: Transition((State.PENDING, *LIVE), State.REVOKED, _GIVER, _EITHER),
    Action.REPLACE: Transition(LIVE, State.REPLACED, _SYSTEM, _SYSTEM),
    Action.EXPIRE: Transition(LIVE, State.EXPIRED, _SYSTEM, _SYSTEM),
    Action.FINISH: Transition(LIVE, State.USED_UP, _SYSTEM, _SYSTEM),
    Action.VOID: Transition((State.REQUESTED, State.PENDING), State.VOID, _SYSTEM, _SYSTEM),
}


@dataclass(frozen=True)
class Terms:
    """What is agreed, and how it stands now. `used` counts all uses there ever were.

    A one-time consent serves one order (`subject_ref`) until that closes; without one it is good for one use.
    """

    purpose: str
    direction: str
    categories: tuple[str, ...]
    kind: str
    valid_from: datetime
    valid_until: datetime
    lookback_months: int
    data_life_days: int
    per_month: int | None = None
    written: bool = False
    subject_ref: str = ""
    state: State = State.ACTIVE
    frozen: bool = False
    used: int = 0


class Refusal(StrEnum):
    """Why a category stays closed to a reader; each is the end of an error's code."""

    NONE = "none"
    REQUESTED = "requested"
    REFUSED = "refused"
    PENDING = "pending"
    PAUSED = "paused"
    REVOKED = "revoked"
    EXPIRED = "expired"
    USED_UP = "used_up"
    REPLACED = "replaced"
    VOID = "void"
    FROZEN = "frozen"
    NOT_YET_VALID = "not_yet_valid"
    FREQUENCY = "frequency"
    WRONG_DIRECTION = "wrong_direction"
    NOT_NAMED = "not_named"
    NOT_WRITTEN = "not_written"


TO_INSTITUTION, TO_PLATFORM = "to_institution", "to_platform"
ONE_TIME, PERIODIC = "one_time", "periodic"


def refusal(terms: Terms, *, now: datetime, uses_this_month: int, open_use: bool) -> Refusal | None:
    """Why nothing may be read under the terms at this moment; None where it may.

    `open_use`: a use is running, which this read joins and which is not counted again.
    """
    if terms.state is not State.ACTIVE:
        return Refusal(terms.state.value)
    if terms.direction != TO_INSTITUTION:
        return Refusal.WRONG_DIRECTION
    if terms.frozen:
        return Refusal.FROZEN
    if now < terms.valid_from:
        return Refusal.NOT_YET_VALID
    if now >= terms.valid_until:
        return Refusal.EXPIRED
    return None if open_use else _exhausted(terms, uses_this_month)


def _exhausted(terms: Terms, uses_this_month: int) -> Refusal | None:
    if terms.kind == ONE_TIME:
        return Refusal.USED_UP if terms.used and not terms.subject_ref else None
    return Refusal.FREQUENCY if terms.per_month is not None and uses_this_month >= terms.per_month else None


def lookback_from(today: date, months: int) -> date:
    """The first day whose records are shown: so many calendar months ago, or that month's last day."""
    index = today.year * 12 + today.month - 1 - months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(today.day, last))


@dataclass(frozen=True)
class Ceiling:
    """The most that a consent for one purpose may ask for; `per_month` is None where the kind has no frequency."""

    kind: str
    days: int
    lookback_months: int
    data_life_days: int
    per_month: int | None


def within_ceilings(terms: Terms, ceiling: Ceiling) -> str | None:
    """The name of the first of the terms that goes beyond; None where all keep within."""
    if terms.kind != ceiling.kind:
        return "kind"
    if not timedelta(0) < terms.valid_until - terms.valid_from <= timedelta(days=ceiling.days):
        return "days"
    if not 0 <= terms.lookback_months <= ceiling.lookback_months:
        return "lookback_months"
    if not 0 < terms.data_life_days <= ceiling.data_life_days:
        return "data_life_days"
    most, wanted = ceiling.per_month, terms.per_month
    wrong = wanted is not None if most is None else wanted is None or not 0 < wanted <= most
    return "per_month" if wrong else None


class SubjectKind(StrEnum):
    """NATURAL: sole traders, sole proprietorships, owners as persons; what is theirs is a person's."""

    COMPANY = "company"
    NATURAL = "natural"


# The catalogue's list enterprise_kind: sole proprietorship, its branch, sole trader.
_NATURAL_KINDS = {"4540", "4560", "9500"}


@dataclass(frozen=True)
class Subject:
    """Whose data it is; `kind` is a code of the catalogue's list enterprise_kind, or empty where unknown."""

    serial: int
    uscc: str
    kind: str = ""

    @property
    def subject_kind(self) -> SubjectKind:
        natural = self.uscc.startswith("92") or self.kind in _NATURAL_KINDS
        return SubjectKind.NATURAL if natural else SubjectKind.COMPANY


def authorisation_of(
    category: Category, values: Mapping[str, Any], subject: SubjectKind, *, strict: bool = True
) -> Authorisation:
    """The class of one record: the category's or the record's own, and a person's own where the subject is one.

    `strict` may be switched off by parameter. What is open to everybody stays so.
    """
    own = next((r.authorisation for r in category.record_classes if values.get(r.item) in r.values), None)
    return _for_subject(category, own or category.authorisation, subject, strict=strict)


def authorisations_of(category: Category, subject: SubjectKind, *, strict: bool = True) -> frozenset[Authorisation]:
    """Every class that a record of the category may have for such a subject."""
    declared = {category.authorisation, *(r.authorisation for r in category.record_classes)}
    return frozenset(_for_subject(category, one, subject, strict=strict) for one in declared)


def _for_subject(category: Category, own: Authorisation, subject: SubjectKind, *, strict: bool) -> Authorisation:
    applies = strict and subject is SubjectKind.NATURAL and own is not Authorisation.P0
    return category.natural_authorisation or own if applies else own
