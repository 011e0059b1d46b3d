"""One rule for one enterprise: met, not met, or to be verified, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jiahe.rules.compare import Stored, holds
from jiahe.rules.model import And, Condition, Declared, Leaf, Not, Operator, Or, Rule, Verdict
from jiahe.rules.subjects import ANY, item_of
from jiahe.rules.values import Facts, value_of
from jiahe.rules.words import said_value, sentence


@dataclass(frozen=True)
class Reason:
    """What one condition came to; a condition under a "not" is said and judged with it. `found` is empty where nothing was."""

    condition: Leaf
    verdict: Verdict
    sentence: str
    found: str


@dataclass(frozen=True)
class Outcome:
    verdict: Verdict
    reasons: tuple[Reason, ...]


def evaluate(rule: Rule, facts: Facts, today: date) -> Outcome:
    """What the rule comes to for one enterprise, with a reason for each condition, in the reader's language."""
    return Outcome(_verdict(_truth(rule, facts, today)), tuple(_reasons(rule, facts, today, affirmed=True)))


def _verdict(truth: bool | None) -> Verdict:
    return Verdict.TO_VERIFY if truth is None else Verdict.MET if truth else Verdict.NOT_MET


def _truth(rule: Rule, facts: Facts, today: date) -> bool | None:
    """Kleene's logic: what cannot be told decides nothing that the rest decides."""
    match rule:
        case And(rules):
            found = [_truth(one, facts, today) for one in rules]
            return False if False in found else None if None in found else True
        case Or(rules):
            found = [_truth(one, facts, today) for one in rules]
            return True if True in found else None if None in found else False
        case Not(inner):
            truth = _truth(inner, facts, today)
            return None if truth is None else not truth
        case Declared():
            return None
    return _compared(rule, value_of(rule.subject, facts, today), today)


def _compared(condition: Condition, found: Stored | None, today: date) -> bool | None:
    if condition.operator is Operator.EXISTS:
        return None if found is None else found is condition.value
    item = item_of(condition.subject)
    return holds(found, condition.operator, condition.value, item, today) if item else None


def _reasons(rule: Rule, facts: Facts, today: date, *, affirmed: bool) -> Iterator[Reason]:
    match rule:
        case And(rules) | Or(rules):
            for one in rules:
                yield from _reasons(one, facts, today, affirmed=affirmed)
        case Not(inner):
            yield from _reasons(inner, facts, today, affirmed=not affirmed)
        case _:
            said: Rule = rule if affirmed else Not(rule)
            yield Reason(rule, _verdict(_truth(said, facts, today)), sentence(said), _found(rule, facts, today))


def _found(leaf: Leaf, facts: Facts, today: date) -> str:
    if isinstance(leaf, Declared):
        return ""
    value = value_of(leaf.subject, facts, today)
    return "" if value is None else said_value(value, item_of(leaf.subject) or ANY)
