"""What a consent may name, in the order of the catalogue: what forms offer and what is ticked one by one."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiahe.catalogue import Authorisation, Category, load, names
from jiahe.consent.draft import classes_named
from jiahe.consent.enums import Purpose, Result
from jiahe.consent.numbers import is_strict
from jiahe.consent.terms import Subject, authorisations_of
from jiahe.kit import clock


@dataclass(frozen=True)
class Choice:
    """A category, or a result of a loan that is told to the platform, in the reader's language."""

    code: str
    name: str
    group: str


@dataclass(frozen=True)
class Choices:
    """What may be agreed to together, and what needs a tick of its own."""

    together: tuple[Choice, ...]
    separately: tuple[Choice, ...] = ()


def choices(*, subject: Subject, purpose: str, written: bool) -> Choices:
    """For a consent about this enterprise; a written one names categories of class R, each with a tick of its own."""
    if purpose == Purpose.FEEDBACK:
        return _results(list(Result))
    strict = is_strict(clock.now())
    wanted = classes_named(purpose, written=written)
    kind = subject.subject_kind
    fit = [c for c in load().readable.values() if authorisations_of(c, kind, strict=strict) & wanted]
    return _divided(fit, written=written)


def divided(codes: list[str], *, written: bool) -> Choices:
    """What one consent names, divided as it is agreed to."""
    if results := [Result(code) for code in codes if code in Result]:
        return _results(results)
    known = load().consentable
    return _divided([known[code] for code in codes if code in known], written=written)


def _results(results: list[Result]) -> Choices:
    return Choices(tuple(Choice(one.value, str(one.label), _("贷款办理结果")) for one in results))


def _divided(categories: list[Category], *, written: bool) -> Choices:
    alone = [c for c in categories if written or c.authorisation is Authorisation.A2]
    return Choices(tuple(_choice(c) for c in categories if c not in alone), tuple(_choice(c) for c in alone))


def _choice(category: Category) -> Choice:
    groups = names.SECTIONS | names.OTHER_SECTIONS
    return Choice(category.code, names.said(category.name), str(groups[category.section]))
