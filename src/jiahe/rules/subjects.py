"""What a subject's values are like: the catalogue's item of a record, or one of the same kind for what is derived."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from jiahe.catalogue import Category, Item, ItemType, Text, load
from jiahe.rules.model import Aggregate, Fact, Known, Measure, Named, Subject

Resolver = Callable[[str], Item | None]

FACTS = {
    Fact.REGION: Item("region", Text("注册地", "Place of registration"), ItemType.CODE, codes="area"),
    Fact.INDUSTRY: Item("industry", Text("行业", "Industry"), ItemType.CODE, codes="industry_division"),
    Fact.SIZE: Item("size", Text("企业规模", "Size"), ItemType.CODE, codes="enterprise_size"),
    Fact.KIND: Item("kind", Text("企业类型", "Kind of enterprise"), ItemType.CODE, codes="enterprise_kind"),
    Fact.AGE_MONTHS: Item("age_months", Text("成立时间", "Age"), ItemType.INTEGER, unit="个月"),
}
ANY = Item("any", Text("记录", "records"), ItemType.BOOLEAN)
COUNT = Item("count", Text("记录数", "Number of records"), ItemType.INTEGER, unit="条")
PERCENTAGE = Item("percentage", Text("比例", "Percentage"), ItemType.DECIMAL, unit="%", scale=2)
NUMBERS = (ItemType.INTEGER, ItemType.DECIMAL)
DATES = (ItemType.DATE, ItemType.YEAR_MONTH)

_resolvers: dict[Known, Resolver] = {}


def resolve(known: Known, resolver: Resolver) -> None:
    """From now on codes of this kind are looked up there; before that, conditions on them are to be verified."""
    _resolvers[known] = resolver


def item_of(subject: Subject) -> Item | None:
    """Type, unit and scale of the values; None for a code that nobody resolves yet, or no longer."""
    match subject:
        case Fact():
            return FACTS[subject]
        case Named(known, code):
            resolver = _resolvers.get(known)
            return resolver(code) if resolver else None
        case Measure(aggregate=Aggregate.ANY):
            return ANY
        case Measure(growth=True):
            return PERCENTAGE
        case Measure(aggregate=Aggregate.COUNT):
            return COUNT
        case Measure(per=per) if per:
            return PERCENTAGE
    return category_of(subject).by_code[subject.items[0]]


def is_unknown(named: Named) -> bool:
    """Whether those who resolve such codes do not know this one."""
    return named.known in _resolvers and item_of(named) is None


def category_of(measure: Measure) -> Category:
    return load().categories[measure.category]


def date_of(measure: Measure) -> Item:
    """The item that the window and the latest go by."""
    category = category_of(measure)
    return category.by_code[measure.by or category.business_date]


@lru_cache(maxsize=1024)
def within(codes: str, code: str) -> frozenset[str]:
    """The code and all that lie under it: a county's towns, a section's divisions, the forms of a limited company."""
    values = load().code_lists[codes].values
    if codes == "enterprise_kind":
        return frozenset(v.code for v in values if v.code.startswith(code.rstrip("0")))
    found = {code}
    while lower := {v.code for v in values if v.parent in found} - found:
        found |= lower
    return frozenset(found)


def is_code(codes: str, code: str) -> bool:
    """Whether a rule may name it: a value of the list, or of the list that its values' parents are of."""
    lists = load().code_lists
    named = lists[codes]
    return code in named.by_code or (named.parents is not None and code in lists[named.parents].by_code)
