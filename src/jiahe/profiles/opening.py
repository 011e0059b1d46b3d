"""What one reader sees of one category of one enterprise, class by class: plain functions of rule and admission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jiahe.catalogue import Authorisation, Category, Section, load
from jiahe.consent.actions.use import Admission
from jiahe.consent.terms import Refusal, SubjectKind, authorisations_of
from jiahe.kit.actor import Actor
from jiahe.profiles.enums import Reason
from jiahe.profiles.policy import P0, Rule, Scope, Way

# What is made of its records is the enterprise's own to see, whoever acts for it.
OWN_DERIVED = dict.fromkeys(Authorisation, Way.OPEN)


@dataclass(frozen=True)
class Opening:
    """By class of record, from which business date on it is shown, or why it is not; under which consents."""

    since: Mapping[Authorisation, date]
    reasons: Mapping[Authorisation, Reason]
    consents: frozenset[str] = frozenset()

    @property
    def open(self) -> bool:
        return bool(self.since)

    @property
    def reason(self) -> Reason | None:
        """Why part of the category stays closed: of its least strict closed class; None where all is open."""
        return next((self.reasons[one] for one in Authorisation if one in self.reasons), None)


def openings(rule: Rule, categories: Iterable[Category], admission: Admission, actor: Actor) -> dict[str, Opening]:
    """The openings by category code. A file has a hundred categories and a handful of openings: each is made once."""
    kind, strict = admission.subject.subject_kind, admission.strict
    found, made = dict[str, Opening](), dict[tuple[object, ...], Opening]()
    for one in categories:
        rights = admission.ordinary.to(one.code), admission.written.to(one.code)
        covered, classes = rule.covers(one, actor.organisation), _classes(one.code, kind, strict=strict)
        alike = (rights, covered, classes, _is_dated(one), one.section is Section.DERIVED)
        found[one.code] = made[alike] if alike in made else made.setdefault(alike, opening(rule, one, admission, actor))
    return found


def opening(rule: Rule, category: Category, admission: Admission, actor: Actor) -> Opening:
    """Evaluate the rule for every class that a record of the category may have."""
    classes = _classes(category.code, admission.subject.subject_kind, strict=admission.strict)
    if not rule.covers(category, actor.organisation):
        return Opening({}, dict.fromkeys(classes, Reason.OTHER_DEPARTMENT))
    ways = OWN_DERIVED if rule.scope is Scope.OWN_ENTERPRISE and category.section is Section.DERIVED else rule.ways
    closed = {one: why for one in classes if (why := _closed(ways[one], one, category, admission, actor))}
    opened = classes - closed.keys()
    rights = {one: admission.right(one) for one in opened if ways[one] is Way.CONSENT}
    dated = _is_dated(category)
    since = {one: rights[one].since if dated and one in rights else date.min for one in opened}
    return Opening(since, closed, frozenset(right.consent for right in rights.values()))


def _is_dated(category: Category) -> bool:
    """One record that says how things are now has no older ones to hide, however old its date."""
    return category.key != ("uscc",)


@lru_cache(maxsize=512)
def _classes(code: str, kind: SubjectKind, *, strict: bool) -> frozenset[Authorisation]:
    """Every class that a record of a category may have: asked ten times for each of ten thousand enterprises."""
    return authorisations_of(load().readable[code], kind, strict=strict)


def _closed(
    way: Way, authorisation: Authorisation, category: Category, admission: Admission, actor: Actor
) -> Reason | None:
    if way is Way.CONSENT:
        refusal: Refusal | None = admission.right(authorisation).to(category.code)
        return Reason(refusal.value) if refusal else None
    seen = way is Way.OPEN or (way is Way.PERSON and actor.representative)
    return None if seen else Reason.NOT_WRITTEN


def publicity_ended(authorisation: Authorisation, open_until: date | None, today: date) -> bool:
    """Whether a record that was open to everybody is so no more."""
    return authorisation is P0 and open_until is not None and open_until < today
