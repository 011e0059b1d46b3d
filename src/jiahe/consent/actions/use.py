"""Admit a reader under the consents that stand at this moment, and count the use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.catalogue import Authorisation, Category
from jiahe.consent import terms
from jiahe.consent.enums import Direction
from jiahe.consent.models import Consent, ConsentUse
from jiahe.consent.numbers import is_strict, use_hours
from jiahe.consent.terms import LIVE, Refusal, State, Subject
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.databases import pass_gates, rows_held

AT_ONCE = 5000


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
    found = admit_many(actor=actor, enterprises=[enterprise], purpose=purpose, categories=categories)
    return found[enterprise.serial]


def admit_many(
    *, actor: Actor, enterprises: Sequence[Subject], purpose: str, categories: Collection[str]
) -> dict[int, Admission]:
    """The admissions by serial, in a handful of queries for thousands of enterprises.

    Call it inside the transaction that reads: the consents are held until it ends, so that none is revoked under the
    reader's hands. A use is begun, or the running one joined, where a consent opens one of `categories`, the codes
    of what is asked for and needs a consent.
    """
    now = clock.now()
    asked = frozenset(categories)
    admitted: dict[int, Admission] = {}
    pass_gates(enterprise.serial for enterprise in enterprises)
    for start in range(0, len(enterprises), AT_ONCE):
        some = enterprises[start : start + AT_ONCE]
        admitted |= _admissions(actor.organisation, some, purpose, asked, now)
    return admitted


def _admissions(
    organisation: str, enterprises: Sequence[Subject], purpose: str, asked: frozenset[str], now: datetime
) -> dict[int, Admission]:
    standing = _standing(_given_to(organisation, purpose), {e.serial for e in enterprises})
    uses = _uses(standing.values(), now)
    hours, strict = use_hours(now), is_strict(now)
    rights, begun = {}, []
    for key, consent in standing.items():
        rights[key], begins = _right(consent, uses.get(consent.pk, _NEVER), now, hours)
        if begins and asked & rights[key].categories:
            number = uses.get(consent.pk, _NEVER).used + 1
            begun.append(ConsentUse(consent_id=consent.pk, number=number, started_at=now))
    # Whoever else begins the same use at this moment has the same number: one row is kept, and both read under it.
    ConsentUse.objects.bulk_create(sorted(begun, key=lambda use: use.consent_id), ignore_conflicts=True)
    none, unwritten = Right(Refusal.NONE), Right(Refusal.NOT_WRITTEN)
    return {
        e.serial: Admission(e, rights.get((e.serial, False), none), rights.get((e.serial, True), unwritten), strict)
        for e in enterprises
    }


Key = tuple[int, bool]  # serial, written


def _given_to(organisation: str, purpose: str) -> QuerySet[Consent]:
    frozen = Organisation.objects.filter(code=OuterRef("uscc")).exclude(state=OrganisationState.ACTIVE)
    return Consent.objects.annotate(frozen=Exists(frozen)).filter(
        grantee__code=organisation,
        grantee__state=OrganisationState.ACTIVE,
        purpose=purpose,
        direction=Direction.TO_INSTITUTION,
    )


def _standing(given: QuerySet[Consent], serials: Collection[int]) -> dict[Key, Consent]:
    """For each enterprise its live consents, held; where there is none, the latest, which says why not."""
    found = _latest(rows_held(given.filter(serial__in=serials)))
    # What took the place of a consent while we waited for it was not there yet when we asked.
    again = [consent.serial for consent in found.values() if consent.state == State.REPLACED]
    return found | (_latest(rows_held(given.filter(serial__in=again))) if again else {})


def _latest(consents: Iterable[Consent]) -> dict[Key, Consent]:
    """Live ones before others, then those that something happened to last."""
    ordered = sorted(consents, key=lambda c: (c.state in LIVE, c.ended_at or c.requested_at, c.pk))
    return {(consent.serial, consent.written): consent for consent in ordered}


@dataclass(frozen=True)
class _Uses:
    used: int
    this_month: int
    last_at: datetime | None


_NEVER = _Uses(0, 0, None)


def _uses(consents: Iterable[Consent], now: datetime) -> dict[int, _Uses]:
    """How often each live consent was used; months are those of the city's zone."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = (
        ConsentUse.objects.filter(consent__in=[c.pk for c in consents if c.state in LIVE])
        .values("consent")
        .annotate(count=Max("number"), recent=Count("pk", filter=Q(started_at__gte=month)), last=Max("started_at"))
        .values_list("consent", "count", "recent", "last")
    )
    return {pk: _Uses(*counted) for pk, *counted in rows}


def _right(consent: Consent, uses: _Uses, now: datetime, hours: int) -> tuple[Right, bool]:
    """What the consent opens, and whether reading under it begins a new use."""
    running = terms.use_is_open(uses.last_at, now=now, hours=hours)
    agreed = consent.terms(used=uses.used, frozen=consent.frozen)  # type: ignore[attr-defined]  # annotated above
    refusal = terms.refusal(agreed, now=now, uses_this_month=uses.this_month, open_use=running)
    if refusal:
        return Right(refusal, consent.number), False
    since = terms.lookback_from(now.date(), consent.lookback_months)
    return Right(None, consent.number, frozenset(consent.categories), since), not running
