"""The rail of filters with a count beside each choice.

A page has some hundred choices: they are written here, one line of text each, since a template takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jiahe.catalogue.names import coded, county
from jiahe.portals.public.marketplace.address import Address, name
from jiahe.products.enums import GuaranteeKind, ProductKind
from jiahe.products.filters import SINGLE, Facet
from jiahe.products.queries.shelf import SECTIONS, Shelf
from jiahe.web.formats import grouped

# In this order on the page; the last ones unfold, since they are long.
SHOWN = (
    Facet.UNSECURED,
    Facet.FIRST_LOAN,
    Facet.AMOUNT,
    Facet.TERM,
    Facet.RATE,
    Facet.GUARANTEE,
    Facet.KIND,
    Facet.REGION,
    Facet.INDUSTRY,
    Facet.INSTITUTION,
)
FOLDED = frozenset({Facet.KIND, Facet.REGION, Facet.INDUSTRY, Facet.INSTITUTION})
Chosen = tuple[str, ...]
TICKS = frozenset({Facet.UNSECURED, Facet.FIRST_LOAN})


@dataclass(frozen=True)
class Group:
    """One facet: its name, whether it unfolds and is open, and its choices as they stand on the page."""

    name: str
    folded: bool
    open: bool
    choices: SafeString


def groups(shelf: Shelf, address: Address, counts: Mapping[Facet, Mapping[str, int]]) -> list[Group]:
    labels = labels_of(shelf)
    return [_group(facet, labels[facet], address, counts[facet]) for facet in SHOWN if facet not in TICKS]


def ticks(shelf: Shelf, address: Address, counts: Mapping[Facet, Mapping[str, int]]) -> SafeString:
    """The facets that are one tick each."""
    labels, chosen = labels_of(shelf), address.wishes.chosen
    return SafeString("".join(_choices(f, labels[f], chosen.get(f, ()), counts[f]) for f in SHOWN if f in TICKS))


def labels_of(shelf: Shelf) -> dict[Facet, dict[str, SafeString]]:
    """What each value is called in the reader's language, safe to stand in a page."""
    key = ("labels", get_language())
    if key not in shelf.drawn:
        shelf.drawn[key] = {f: {v: escape(_called(f, v, shelf)) for v in vs} for f, vs in shelf.table.values.items()}
    found: dict[Facet, dict[str, SafeString]] = shelf.drawn[key]
    return found


def _called(facet: Facet, value: str, shelf: Shelf) -> str:
    said: dict[Facet, Callable[[], str]] = {
        Facet.AMOUNT: lambda: _("%(count)s 万元") % {"count": grouped(int(value))},
        Facet.TERM: lambda: _("%(count)s 个月") % {"count": value},
        Facet.RATE: lambda: _("%(rate)s %% 以内起") % {"rate": value},
        Facet.GUARANTEE: lambda: str(GuaranteeKind(value).label),
        Facet.KIND: lambda: str(ProductKind(value).label),
        Facet.REGION: lambda: county(value),
        Facet.INDUSTRY: lambda: coded(SECTIONS, value),
        Facet.UNSECURED: lambda: _("只看信用贷款"),
        Facet.FIRST_LOAN: lambda: _("首贷友好"),
        Facet.INSTITUTION: lambda: next(
            one.institution.name for one in shelf.products if one.institution.code == value
        ),
    }
    return said[facet]()


def _group(facet: Facet, labels: Mapping[str, SafeString], address: Address, counts: Mapping[str, int]) -> Group:
    chosen = address.wishes.chosen.get(facet, ())
    first = "" if facet not in SINGLE else _line(facet, "", escape(_("不限")), None, not chosen)
    choices = first + _choices(facet, labels, chosen, counts)
    return Group(name(facet), facet in FOLDED, bool(chosen), SafeString(choices))


def _choices(facet: Facet, labels: Mapping[str, SafeString], chosen: Chosen, counts: Mapping[str, int]) -> str:
    """Every value of a short list; of a long one those of which there is something, and those that are chosen."""
    return "".join(
        _line(facet, value, labels[value], count, value in chosen)
        for value, count in counts.items()
        if count or value in chosen or facet not in FOLDED
    )


def _line(facet: Facet, value: str, label: SafeString, count: int | None, checked: bool) -> str:
    kind = "radio" if facet in SINGLE and facet not in TICKS else "checkbox"
    number = "" if count is None else f'<span class="choice__count">{count}</span>'
    written = escape(value)
    return (
        f'<label class="choice{"" if count != 0 else " choice--none"}"><input type="{kind}" name="{facet.value}"'
        f' id="{facet.value}-{written}" value="{written}"{" checked" if checked else ""}>'
        f'<span class="choice__name">{label}</span>{number}</label>'
    )
