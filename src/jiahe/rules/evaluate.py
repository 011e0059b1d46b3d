"""One rule for one enterprise: met, not met, or to be verified, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jiahe.rules.compare import Stored, holds
from jiahe.rules.model import And, Condition, Declared, Leaf, Not, Operator, Or, Rule, Verdict, conditions
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


Found = dict[Leaf, Stored | None]


def evaluate(rule: Rule, facts: Facts, today: date) -> Outcome:
    """What the rule comes to for one enterprise, with a reason for each condition, in the reader's language."""
    leaves = conditions(rule)
    found: Found = {c: value_of(c.subject, facts, today) for c in leaves if isinstance(c, Condition)}
    return Outcome(_verdict(_truth(rule, found, today)), tuple(_reasons(rule, found, today, affirmed=True)))


def _verdict(truth: bool | None) -> Verdict:
    return Verdict.TO_VERIFY if truth is None else Verdict.MET if truth else Verdict.NOT_MET


def _truth(rule: Rule, found: Found, today: date) -> bool | None:
    """Kleene's logic: what cannot be told decides nothing that the rest decides."""
    match rule:
        case And(rules):
            truths = [_truth(one, found, today) for one in rules]
            return False if False in truths else None if None in truths else True
        case Or(rules):
            truths = [_truth(one, found, today) for one in rules]
            return True if True in truths else None if None in truths else False
        case Not(inner):
            truth = _truth(inner, found, today)
            return None if truth is None else not truth
        case Declared():
            return None
    return _compared(rule, found[rule], today)


def _compared(condition: Condition, found: Stored | None, today: date) -> bool | None:
    if condition.operator is Operator.EXISTS:
        return None if found is None else found is condition.value
    item = item_of(condition.subject)
    return holds(found, condition.operator, condition.value, item, today) if item else None


def _reasons(rule: Rule, found: Found, today: date, *, affirmed: bool) -> Iterator[Reason]:
    match rule:
        case And(rules) | Or(rules):
            for one in rules:
                yield from _reasons(one, found, today, affirmed=affirmed)
        case Not(inner):
            yield from _reasons(inner, found, today, affirmed=not affirmed)
        case _:
            said: Rule = rule if affirmed else Not(rule)
            yield Reason(rule, _verdict(_truth(said, found, today)), sentence(said), _words(rule, found.get(rule)))


def _words(leaf: Leaf, value: Stored | None) -> str:
    if value is None or isinstance(leaf, Declared):
        return ""
    return said_value(value, item_of(leaf.subject) or ANY)
