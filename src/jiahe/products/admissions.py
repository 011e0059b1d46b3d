"""Whom an institution admits: the rule of a version, and its conditions in words."""

from __future__ import annotations

from typing import Any

from jiahe.rules import Rule, parse, sentence
from jiahe.rules.model import And


def rule(admission: Any) -> Rule | None:
    """None where the institution does not publish its conditions; `WrongRule` for JSON that is no rule."""
    return None if admission is None else parse(admission)


def sentences(admission: Any) -> list[str] | None:
    """One for each condition that all must meet, in the reader's language; None where none are published."""
    found = rule(admission)
    if found is None:
        return None
    return [sentence(one) for one in found.rules] if isinstance(found, And) else [sentence(found)]
