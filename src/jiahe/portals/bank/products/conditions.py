"""Admission conditions as an administrator fills them in: some common ones as fields, the rest in words or as rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Rule = dict[str, Any]
WAN = 10_000


@dataclass(frozen=True)
class Common:
    """A condition with one value: the rule that it is, and the other way round."""

    name: str
    build: Callable[[Decimal], Rule]


def _sales(yuan: object) -> Rule:
    measure = {"category": "0202", "item": "sales_total", "aggregate": "sum", "window": {"years": 1}}
    return {**measure, "op": ">=", "value": yuan}


COMMON = (
    Common("age", lambda months: {"fact": "age_months", "op": ">=", "value": int(months)}),
    Common("sales", lambda wan: _sales(int(wan * WAN))),
)
TICKED: dict[str, Rule] = {
    "tax": {"category": "0206", "item": "grade", "op": "in", "value": ["A", "B"]},
    "listed": {"category": "0301", "op": "exists", "value": False},
}


def joined(said: dict[str, Any]) -> Any:
    """The rule of what was filled in; None where nothing was. `rules` is a list of rules already."""
    conditions = [one.build(said[one.name]) for one in COMMON if said.get(one.name) is not None]
    conditions += [rule for name, rule in TICKED.items() if said.get(name)]
    conditions += said.get("rules") or []
    conditions += [{"declared": line.strip()} for line in said.get("declared", "").splitlines() if line.strip()]
    return {"and": conditions} if conditions else None


def divided(admission: Any) -> dict[str, Any]:
    """What to fill the fields with, so that nothing of the rule is lost."""
    if admission is None:
        return {}
    found: dict[str, Any] = {}
    declared, rules = list[str](), list[Rule]()
    for one in admission.get("and", [admission]):
        if name := next((name for name, rule in TICKED.items() if rule == one), ""):
            found[name] = True
        elif set(one) == {"declared"}:
            declared.append(one["declared"])
        elif (common := _common(one)) and common[0] not in found:
            found[common[0]] = common[1]
        else:
            rules.append(one)
    found["declared"] = "\n".join(declared)
    found["rules"] = json.dumps(rules, ensure_ascii=False, indent=1) if rules else ""
    return found


def _common(rule: Rule) -> tuple[str, Decimal] | None:
    """The common condition that a rule is, with its value as it is filled in."""
    value = rule.get("value")
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    for name, filled in (("age", Decimal(value)), ("sales", Decimal(value) / WAN)):
        one = next(common for common in COMMON if common.name == name)
        if one.build(filled) == rule:
            return name, filled
    return None
