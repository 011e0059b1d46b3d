"""The wishes of a visitor as the address of a page that can be sent on: read, corrected, written in one order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from jiahe.products.filters import SINGLE, YES, Facet, Sort, Wishes
from jiahe.products.queries.shelf import Shelf

COMPARED = 4
UNSTATED, SORT, PAGE, PICKED = "unstated", "sort", "page", "p"
ORDERS = (Sort.FIT, Sort.RATE, Sort.POPULARITY, Sort.SPEED)
LONGEST_SHOWN = 24


@dataclass(frozen=True)
class Address:
    """What a page shows. `wrong` has a sentence for each part that was not understood and is left out."""

    wishes: Wishes = field(default_factory=Wishes)
    sort: Sort = Sort.FIT
    page: int = 1
    picked: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """Facets in their order, values in theirs; what is as always is not written."""
        pairs = [(facet.value, value) for facet in Facet for value in self.wishes.chosen.get(facet, ())]
        pairs += [(UNSTATED, YES)] if self.wishes.unstated else []
        pairs += [(SORT, self.sort.value)] if self.sort is not Sort.FIT else []
        pairs += [(PAGE, str(self.page))] if self.page > 1 else []
        return urlencode(pairs + [(PICKED, number) for number in self.picked])

    def with_wish(self, facet: Facet, values: tuple[str, ...]) -> Address:
        """From its first page; without the facet where there are no values."""
        chosen = {**self.wishes.without(facet).chosen, **({facet: values} if values else {})}
        return replace(self, wishes=Wishes(chosen, self.wishes.unstated), page=1)

    def with_unstated(self, unstated: bool) -> Address:
        return replace(self, wishes=Wishes(self.wishes.chosen, unstated), page=1)

    def sorted_by(self, sort: Sort) -> Address:
        return replace(self, sort=sort, page=1)

    def at(self, page: int) -> Address:
        return replace(self, page=page)

    def hinted(self, sentence: str) -> Address:
        return replace(self, wrong=(*self.wrong, sentence))

    def toggled(self, number: str) -> Address:
        """With a product picked for comparison, or without it where it was."""
        others = tuple(one for one in self.picked if one != number)
        return replace(self, picked=others if number in self.picked else (*others, number))


def read(query: QueryDict, shelf: Shelf) -> Address:
    wrong: list[str] = []
    chosen = {}
    for facet in Facet:
        values = _chosen(facet, query.getlist(facet.value), shelf.table.values[facet], wrong)
        if values:
            chosen[facet] = values
    sort = _one_of(query.get(SORT, ""), [one.value for one in ORDERS], _("排序"), wrong)
    return Address(
        Wishes(chosen, unstated=query.get(UNSTATED) == YES),
        Sort(sort) if sort else Sort.FIT,
        _page(query.get(PAGE, ""), wrong),
        picked(query.getlist(PICKED), shelf.places, wrong),
        tuple(wrong),
    )


def picked(numbers: Iterable[str], known: Mapping[str, int], wrong: list[str]) -> tuple[str, ...]:
    """Products to compare, each once, at most four; what is left out is said."""
    asked = dict.fromkeys(number for number in numbers if number)
    for number in asked:
        if number not in known:
            text = _("编号“%(number)s”的产品不在架上，已忽略。")
            wrong.append(text % {"number": number[:LONGEST_SHOWN]})
    found = tuple(number for number in asked if number in known)
    if len(found) > COMPARED:
        wrong.append(_("最多对比 %(most)s 个产品，已取前 %(most)s 个。") % {"most": COMPARED})
    return found[:COMPARED]


def name(facet: Facet) -> str:
    """How a facet is called."""
    return {
        Facet.INSTITUTION: _("金融机构"),
        Facet.AMOUNT: _("需要金额"),
        Facet.RATE: _("年化利率"),
        Facet.TERM: _("需要期限"),
        Facet.GUARANTEE: _("担保方式"),
        Facet.KIND: _("产品类别"),
        Facet.REGION: _("地区"),
        Facet.INDUSTRY: _("行业"),
        Facet.UNSECURED: _("信用贷款"),
        Facet.FIRST_LOAN: _("首贷"),
    }[facet]


def _chosen(facet: Facet, asked: list[str], known: Iterable[str], wrong: list[str]) -> tuple[str, ...]:
    found = [value for value in known if value in asked]
    wrong += [_unknown(name(facet), value) for value in dict.fromkeys(asked) if value and value not in found]
    if facet in SINGLE and len(found) > 1:
        text = _("“%(name)s”只能选一项，已取 %(value)s。")
        wrong.append(text % {"name": name(facet), "value": found[-1]})
        found = found[-1:]
    return tuple(found)


def _one_of(asked: str, known: Iterable[str], what: str, wrong: list[str]) -> str:
    if asked and asked not in known:
        wrong.append(_unknown(what, asked))
        return ""
    return asked


def _page(asked: str, wrong: list[str]) -> int:
    if not asked:
        return 1
    if asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked):
        return int(asked)
    wrong.append(_unknown(_("页码"), asked))
    return 1


def _unknown(what: str, value: str) -> str:
    text = _("“%(what)s”没有“%(value)s”这一项，已忽略。")
    return text % {"what": what, "value": value[:LONGEST_SHOWN]}
