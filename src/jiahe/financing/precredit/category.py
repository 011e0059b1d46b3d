"""Points and limit as a category of the catalogue: what a consent names so that an institution may see them."""

from __future__ import annotations

from jiahe.catalogue import Category, load
from jiahe.consent.draft import ORDINARY
from jiahe.consent.numbers import is_strict
from jiahe.consent.terms import Subject, authorisations_of
from jiahe.kit import clock

POINTS = "9002"


def category() -> Category:
    return load().consentable[POINTS]


def goes_with_an_application(subject: Subject) -> bool:
    """Whether an ordinary consent may open them; those of a natural person are the person's own, and need a written one."""
    classes = authorisations_of(category(), subject.subject_kind, strict=is_strict(clock.now()))
    return bool(classes & ORDINARY)
