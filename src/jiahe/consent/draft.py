"""What is proposed to an enterprise, checked before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.accounts.enums import OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.accounts.typed import line
from jiahe.catalogue import Authorisation, load
from jiahe.consent.enums import PURPOSES, Purpose, Result
from jiahe.consent.errors import BeyondCeiling, NoSuchEnterprise, NoSuchGrantee, NotTicked, WrongCategories
from jiahe.consent.numbers import ceiling, direction, is_strict
from jiahe.consent.terms import TO_PLATFORM, Subject, Terms, authorisations_of, within_ceilings
from jiahe.consent.text import Words, words
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock

ORDINARY = frozenset({Authorisation.A1, Authorisation.A2})
TEXT_LENGTH = 200
_TERMS = {
    "kind": gettext_lazy("授权方式"),
    "direction": gettext_lazy("数据流向"),
    "days": gettext_lazy("有效期"),
    "lookback_months": gettext_lazy("回溯月数"),
    "data_life_days": gettext_lazy("数据保存天数"),
    "per_month": gettext_lazy("每月次数"),
}


@dataclass(frozen=True)
class Draft:
    """Terms that keep within the ceilings, between an enterprise and an organisation that may have them."""

    enterprise: Enterprise
    grantee: Organisation
    terms: Terms

    def words(self, language: str = "") -> Words:
        """What the enterprise reads before it agrees."""
        names = [self.grantee.name]
        return words(enterprise=self.enterprise.name, grantees=names, terms=self.terms, language=language)


def draft(*, uscc: str, grantee: str, terms: Terms) -> Draft:
    """A checked draft, or the failure that says which of the terms is wrong and why."""
    enterprise = Enterprise.objects.filter(uscc=uscc).first()
    if enterprise is None:
        raise NoSuchEnterprise(uscc=uscc[:18])
    organisation = _grantee(grantee, terms.purpose)
    _check_bounds(terms)
    optional_line(terms.subject_ref, _("办理事项编号"), longest=60)
    subject = Subject(enterprise.serial, enterprise.uscc, enterprise.kind)
    _check_categories(terms, subject)
    return Draft(enterprise, organisation, terms)


def _grantee(code: str, purpose: str) -> Organisation:
    kinds = [kind for kind, purposes in PURPOSES.items() if purpose in purposes]
    found = Organisation.objects.filter(code=code, state=OrganisationState.ACTIVE, kind__in=kinds).first()
    if found is None:
        raise NoSuchGrantee(organisation=code[:40])
    return found


def _check_bounds(terms: Terms) -> None:
    now, purpose = clock.now(), Purpose(terms.purpose)
    beyond = within_ceilings(terms, ceiling(purpose, now))
    if beyond or terms.valid_until <= now:
        raise BeyondCeiling(term=_TERMS[beyond or "days"])
    if terms.direction != direction(purpose):
        raise BeyondCeiling(term=_TERMS["direction"])


def _check_categories(terms: Terms, subject: Subject) -> None:
    wrong = [code for code in terms.categories if not _fits(code, terms, subject)]
    twice = len(set(terms.categories)) < len(terms.categories)
    if wrong or twice or not terms.categories:
        reason = _("书面同意只列须本人书面同意的信息类，其他授权只列须授权的信息类，每类列一次，至少一类。")
        raise WrongCategories(categories=_listed(wrong), reason=reason)


def _fits(code: str, terms: Terms, subject: Subject) -> bool:
    """Whether the category has records of a class that this consent opens, for this subject."""
    if terms.direction == TO_PLATFORM:
        return code in Result and not terms.written
    category = load().consentable.get(code)
    if category is None:
        return False
    classes = authorisations_of(category, subject.subject_kind, strict=is_strict(clock.now()))
    return bool(classes & classes_named(terms.purpose, written=terms.written))


def classes_named(purpose: str, *, written: bool) -> frozenset[Authorisation]:
    """The classes of which a consent for a purpose may name categories."""
    if written:
        return frozenset({Authorisation.R})
    # An agency sees nothing but what its mandate names, what is open to everybody included.
    return ORDINARY | {Authorisation.P0} if purpose == Purpose.RATING else ORDINARY


def check_ticked(terms: Terms, separately: Collection[str]) -> None:
    """`NotTicked` for a category of class A2 that was not ticked by itself."""
    if terms.written or terms.direction == TO_PLATFORM:
        return
    missing = [code for code in separate_ones(terms.categories) if code not in separately]
    if missing:
        raise NotTicked(categories=_listed(missing))


def separate_ones(categories: Iterable[str]) -> Iterator[str]:
    """Those that the enterprise must tick one by one."""
    known = load().consentable
    return (code for code in categories if known[code].authorisation is Authorisation.A2)


def optional_line(text: str, what: str, *, longest: int = TEXT_LENGTH) -> str:
    """What somebody may add in words: nothing, or one line as `typed.line` takes it."""
    return line(text, what, longest) if text.strip() else ""


def _listed(codes: Iterable[str]) -> str:
    return "、".join(code[:20] for code in list(codes)[:10])
