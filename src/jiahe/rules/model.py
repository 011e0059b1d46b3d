"""What a rule is: conditions joined by and, or, not; each compares one subject with a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """`TO_VERIFY`: the platform does not hold, or the reader may not see, what would decide it."""

    MET = "met"
    NOT_MET = "not_met"
    TO_VERIFY = "to_verify"


class Operator(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "!="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    BETWEEN = "between"  # both ends included
    IN = "in"
    NOT_IN = "not_in"
    EXISTS = "exists"  # with false: does not exist


class Aggregate(StrEnum):
    """What is made of the records of a category: `ANY` tells whether there is one, the others give a value."""

    LATEST = "latest"
    ANY = "any"
    COUNT = "count"
    SUM = "sum"
    MAX = "max"
    MIN = "min"
    AVERAGE = "average"  # of the records
    YEARLY = "yearly"  # the sum, divided by the window's years
    MONTHLY = "monthly"  # the sum, divided by the window's months


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Fact(StrEnum):
    """What the registry says of the enterprise itself."""

    REGION = "region"
    INDUSTRY = "industry"
    SIZE = "size"
    KIND = "kind"
    AGE_MONTHS = "age_months"


class Known(StrEnum):
    """What upper layers derive of an enterprise, under codes of their own."""

    LABEL = "label"
    FEATURE = "feature"
    SCORE = "score"


@dataclass(frozen=True)
class Relative:
    """A day as many units after today (before it where negative)."""

    count: int = 0
    unit: Unit = Unit.DAYS


Single = Decimal | str | bool | date | Relative
Value = Single | tuple[Single, ...]


@dataclass(frozen=True)
class Window:
    """The last months up to today, or the calendar years before this one."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class Filter:
    """Which records of a category are meant: those whose item compares so."""

    item: str
    operator: Operator
    value: Value


@dataclass(frozen=True)
class Measure:
    """One value out of the records of a category.

    `items` are added up record by record. `by` is the date that the window and the latest go by: the category's
    business date where empty. With `per` the value is the percentage of that item; with `growth` it is the percentage by
    which the window's value exceeds that of the same window a year earlier.
    """

    category: str
    aggregate: Aggregate
    items: tuple[str, ...] = ()
    window: Window | None = None
    where: tuple[Filter, ...] = ()
    by: str = ""
    per: str = ""
    growth: bool = False


@dataclass(frozen=True)
class Named:
    """A label, feature or score by its code."""

    known: Known
    code: str


@dataclass(frozen=True)
class Declared:
    """What the platform holds no data about: the bank verifies it itself."""

    text: str


Subject = Measure | Fact | Named


@dataclass(frozen=True)
class Condition:
    """Amounts of money are in yuan, everything else in the unit of its item; percentages in per cent."""

    subject: Subject
    operator: Operator
    value: Value


@dataclass(frozen=True)
class And:
    """All of them; of none at all it is met."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Or:
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Not:
    rule: Rule


Leaf = Condition | Declared
Rule = And | Or | Not | Leaf


def conditions(rule: Rule) -> list[Leaf]:
    """All conditions, in order."""
    match rule:
        case And(rules) | Or(rules):
            return [leaf for one in rules for leaf in conditions(one)]
        case Not(inner):
            return conditions(inner)
    return [rule]


def categories(rule: Rule) -> frozenset[str]:
    """The categories whose records decide it: what to ask the one door for, and what a consent must name."""
    subjects = (leaf.subject for leaf in conditions(rule) if isinstance(leaf, Condition))
    return frozenset(s.category for s in subjects if isinstance(s, Measure))
