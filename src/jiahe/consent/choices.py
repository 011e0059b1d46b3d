"""Which categories a consent may name, in the order of the catalogue: what forms offer and what is ticked one by one."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.catalogue import Authorisation, Category, load
from jiahe.consent.draft import classes_named
from jiahe.consent.numbers import is_strict
from jiahe.consent.terms import Subject, authorisations_of
from jiahe.kit import clock


@dataclass(frozen=True)
class Choices:
    """Categories that may be agreed to together, and those that need a tick of their own."""

    together: tuple[Category, ...]
    separately: tuple[Category, ...]


def choices(*, subject: Subject, purpose: str, written: bool) -> Choices:
    """For a consent about this enterprise; a written one names categories of class R, each with a tick of its own."""
    strict = is_strict(clock.now())
    wanted = classes_named(purpose, written=written)
    kind = subject.subject_kind
    fit = [c for c in load().categories.values() if authorisations_of(c, kind, strict=strict) & wanted]
    return Choices(
        together=tuple(c for c in fit if not (written or c.authorisation is Authorisation.A2)),
        separately=tuple(c for c in fit if written or c.authorisation is Authorisation.A2),
    )


def divided(codes: list[str], *, written: bool) -> Choices:
    """The categories of one consent, divided as they are agreed to."""
    known = load().categories
    named = [known[code] for code in codes if code in known]
    alone = [c for c in named if written or c.authorisation is Authorisation.A2]
    return Choices(tuple(c for c in named if c not in alone), tuple(alone))
