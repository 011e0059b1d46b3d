"""Admit a reader under the consents that stand at this moment, and count the use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jiahe.catalogue import Authorisation, Category
from jiahe.consent import terms
from jiahe.consent.enums import Direction
from jiahe.consent.models import ConsentUse
from jiahe.consent.numbers import is_strict
from jiahe.consent.queries.standing import Key, Standing, standing, standing_of
from jiahe.consent.terms import Refusal, Subject
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@dataclass(frozen=True)
class Right:
    """What one consent opens, from which business date on, or why it opens nothing."""

    refusal: Refusal | None
    consent: str = ""
    categories: frozenset[str] = frozenset()
    since: date = date.max

    def to(self, category: str) -> Refusal | None:
        """Why a category stays closed under it; None where it is open."""
        return self.refusal or (None if category in self.categories else Refusal.NOT_NAMED)


@dataclass(frozen=True)
class Admission:
    """What one reader may see of one enterprise at this moment. Class R is opened by `written`, the rest by `ordinary`."""

    subject: Subject
    ordinary: Right
    written: Right
    strict: bool

    def class_of(self, category: Category, values: Mapping[str, Any]) -> Authorisation:
        """The class of one record of this enterprise."""
        return terms.authorisation_of(category, values, self.subject.subject_kind, strict=self.strict)

    def classes_of(self, category: Category) -> frozenset[Authorisation]:
        """Every class that a record of the category may have for this enterprise."""
        return terms.authorisations_of(category, self.subject.subject_kind, strict=self.strict)

    def right(self, authorisation: Authorisation) -> Right:
        return self.written if authorisation is Authorisation.R else self.ordinary


def admit(*, actor: Actor, enterprise: Subject, purpose: str, categories: Collection[str]) -> Admission:
    """What the actor's organisation may read of one enterprise; see `admit_many`."""
    return admission(actor=actor, uscc=enterprise.uscc, purpose=purpose)(enterprise, categories)


def admission(*, actor: Actor, uscc: str, purpose: str) -> Callable[[Subject, Collection[str]], Admission]:
    """The same before it is known who bears the code: asked for at once, waited for when called as `admit` is."""
    now = clock.now()
    direction = Direction.TO_INSTITUTION
    found = standing_of(organisation=actor.organisation, purpose=purpose, direction=direction, uscc=uscc, now=now)
    return lambda enterprise, categories: _admitted([enterprise], found(), categories, now)[enterprise.serial]


def admit_many(
    *, actor: Actor, enterprises: Sequence[Subject], purpose: str, categories: Collection[str]
) -> dict[int, Admission]:
    """The admissions by serial, in a handful of queries for thousands of enterprises.

    Call it inside the transaction that reads: the consents are held until it ends, so that none is revoked under the
    reader's hands. A use is begun, or the running one joined, where a consent opens one of `categories`, the codes
    of what is asked for and needs a consent.
    """
    now = clock.now()
    found = standing(
        organisation=actor.organisation,
        purpose=purpose,
        direction=Direction.TO_INSTITUTION,
        serials=[enterprise.serial for enterprise in enterprises],
        now=now,
    )
    return _admitted(enterprises, found, categories, now)


def _admitted(
    enterprises: Iterable[Subject], found: dict[Key, Standing], categories: Collection[str], now: datetime
) -> dict[int, Admission]:
    asked = frozenset(categories)
    rights = {key: _right(one, now) for key, one in found.items()}
    _begin([one for key, one in found.items() if asked & rights[key].categories and not one.running], now)
    strict, none, unwritten = is_strict(now), Right(Refusal.NONE), Right(Refusal.NOT_WRITTEN)
    return {
        e.serial: Admission(e, rights.get((e.serial, False), none), rights.get((e.serial, True), unwritten), strict)
        for e in enterprises
    }


def _right(one: Standing, now: datetime) -> Right:
    refusal = terms.refusal(one.terms, now=now, uses_this_month=one.this_month, open_use=one.running)
    if refusal:
        return Right(refusal, one.consent.number)
    since = terms.lookback_from(now.date(), one.terms.lookback_months)
    return Right(None, one.consent.number, frozenset(one.terms.categories), since)


def _begin(used: Sequence[Standing], now: datetime) -> None:
    """Whoever else begins the same use at this moment has the same number: one row is kept, and both read under it."""
    if not used:
        return
    ordered = sorted(used, key=lambda one: one.consent.pk)
    begun = [ConsentUse(consent=one.consent, number=one.terms.used + 1, started_at=now) for one in ordered]
    ConsentUse.objects.bulk_create(begun, ignore_conflicts=True)
