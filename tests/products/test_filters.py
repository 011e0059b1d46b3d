"""The bits and counts of the marketplace against a filter that looks at every product, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiahe.products.filters import (
    ANSWERS,
    SINGLE,
    YES,
    Facet,
    Listed,
    Offer,
    Sort,
    Table,
    Wishes,
)

VALUES: dict[Facet, tuple[str, ...]] = {
    Facet.INSTITUTION: ("a", "b"),
    Facet.AMOUNT: ("50", "300"),
    Facet.RATE: ("3.5", "4"),
    Facet.TERM: ("6", "12"),
    Facet.GUARANTEE: ("credit", "mortgage"),
    Facet.KIND: ("unsecured", "mixed"),
    Facet.REGION: ("330402", "330421"),
    Facet.INDUSTRY: ("C", "F"),
    Facet.UNSECURED: (YES,),
    Facet.FIRST_LOAN: (YES,),
}


def _some(*values: str) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(st.sampled_from(values))


def _range(*values: int) -> st.SearchStrategy[tuple[int | None, int | None]]:
    ends = st.sampled_from([None, *values])
    return st.tuples(ends, ends).map(lambda both: (both[0], both[1]) if None in both else (min(both), max(both)))  # type: ignore[type-var]  # no None here


@st.composite
def _offers(draw: st.DrawFn) -> Offer:
    amount, term, rate = (
        draw(_range(400_000, 500_000, 3_000_000)),
        draw(_range(3, 6, 12)),
        draw(_range(340, 350, 400, 450)),
    )
    return Offer(
        amount_from=_decimal(amount[0]),
        amount_to=_decimal(amount[1]),
        term_from=term[0],
        term_to=term[1],
        rate_from=_decimal(rate[0], 2),
        rate_to=_decimal(rate[1], 2),
        guarantees=draw(_some("credit", "mortgage")),
    )


def _decimal(value: int | None, places: int = 0) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-places)


LISTED = st.builds(
    Listed,
    institution=st.sampled_from(VALUES[Facet.INSTITUTION]),
    kind=st.sampled_from(VALUES[Facet.KIND]),
    offers=st.lists(_offers(), min_size=1, max_size=3).map(tuple),
    regions=_some(*VALUES[Facet.REGION]),
    industries=_some(*VALUES[Facet.INDUSTRY]),
    first_loan=st.sampled_from([None, True, False]),
    days=st.sampled_from([None, 1, 3]),
    applications=st.integers(0, 3),
    stated=st.integers(0, 3),
)
SHELF = st.lists(LISTED, max_size=8)


@st.composite
def _wishes(draw: st.DrawFn) -> Wishes:
    facets = draw(st.lists(st.sampled_from(list(Facet)), unique=True, max_size=4))
    chosen = {}
    for facet in facets:
        most = 1 if facet in SINGLE else 2
        chosen[facet] = tuple(draw(st.lists(st.sampled_from(VALUES[facet]), unique=True, min_size=1, max_size=most)))
    return Wishes(chosen, draw(st.booleans()))


def naive(products: list[Listed], wishes: Wishes) -> list[int]:
    """The places of those of which one variant meets each wish, or, where that is wished, does not say."""

    def answers(listed: Listed, offer: Offer, facet: Facet) -> bool:
        said = [ANSWERS[facet](listed, offer, value) for value in wishes.chosen[facet]]
        return True in said or (wishes.unstated and None in said)

    return [
        place
        for place, listed in enumerate(products)
        if any(all(answers(listed, offer, facet) for facet in wishes.chosen) for offer in listed.offers)
    ]


def places(bits: int) -> list[int]:
    return [place for place in range(bits.bit_length()) if bits >> place & 1]


@settings(max_examples=60)
@given(SHELF, _wishes())
def test_found_and_counts_are_those_of_a_naive_filter(products: list[Listed], wishes: Wishes) -> None:
    table = Table(products, VALUES)
    assert places(table.found(wishes)) == naive(products, wishes)
    expected = {
        facet: {
            value: len(naive(products, Wishes({**wishes.without(facet).chosen, facet: (value,)}, wishes.unstated)))
            for value in values
        }
        for facet, values in VALUES.items()
    }
    assert table.counts(wishes) == expected


@settings(max_examples=60)
@given(SHELF, _wishes())
def test_what_to_relax_and_what_is_silent_are_counted_alike(products: list[Listed], wishes: Wishes) -> None:
    table = Table(products, VALUES)
    dropped = {facet: len(naive(products, wishes.without(facet))) for facet in wishes.chosen}
    assert dict(table.relaxed(wishes)) == {facet: count for facet, count in dropped.items() if count}
    numbers = [count for _, count in table.relaxed(wishes)]
    assert numbers == sorted(numbers, reverse=True)
    more = len(naive(products, Wishes(wishes.chosen, unstated=True))) - len(naive(products, wishes))
    assert table.silent(wishes) == more


@settings(max_examples=60)
@given(SHELF, _wishes(), st.sampled_from(list(Sort)))
def test_every_order_has_each_found_product_once(products: list[Listed], wishes: Wishes, sort: Sort) -> None:
    table = Table(products, VALUES)
    found = table.found(wishes)
    assert sorted(table.ordered(found, sort, wishes, Wishes())) == places(found)


def _listed(**fields: object) -> Listed:
    offer = Offer(**{name: fields.pop(name) for name in list(fields) if name in Offer.__dataclass_fields__})  # type: ignore[arg-type]  # a test's own fields
    return Listed(institution="a", kind="unsecured", offers=(offer,), **fields)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.RATE, [1, 0, 2]),
        (Sort.SPEED, [2, 0, 1]),
        (Sort.POPULARITY, [1, 2, 0]),
        (Sort.FIT, [2, 1, 0]),
    ],
)
def test_orders(sort: Sort, expected: list[int]) -> None:
    """What is not published comes last; among equals the one that says more, then the one more applied for."""
    products = [
        _listed(rate_from=Decimal(4), days=3, applications=0),
        _listed(rate_to=Decimal("3.5"), days=None, applications=7, stated=1),
        _listed(days=1, applications=2, stated=5),
    ]
    table = Table(products, VALUES)
    assert table.ordered(0b111, sort, Wishes(), Wishes()) == expected


def test_what_is_known_of_the_enterprise_counts_in_what_fits_and_leaves_nothing_out() -> None:
    products = [
        _listed(stated=9, regions=frozenset()),
        _listed(regions=frozenset({"330421"}), industries=frozenset({"C"})),
        _listed(regions=frozenset({"330421"})),
    ]
    own = Wishes({Facet.REGION: ("330421",), Facet.INDUSTRY: ("C",)})
    assert Table(products, VALUES).ordered(0b111, Sort.FIT, Wishes(), own) == [1, 2, 0]


def test_one_variant_has_to_meet_all_wishes() -> None:
    """500 万元 on credit and 1,000 with a mortgage are no 1,000 on credit."""
    both = (
        Offer(amount_to=Decimal(5_000_000), guarantees=frozenset({"credit"})),
        Offer(amount_to=Decimal(10_000_000), guarantees=frozenset({"mortgage"})),
    )
    table = Table([Listed("a", "mixed", both)], {**VALUES, Facet.AMOUNT: ("500", "1000")})
    found = {
        (amount, guarantee): table.found(Wishes({Facet.AMOUNT: (amount,), Facet.GUARANTEE: (guarantee,)}))
        for amount in ("500", "1000")
        for guarantee in ("credit", "mortgage")
    }
    assert found == {("500", "credit"): 1, ("500", "mortgage"): 1, ("1000", "credit"): 0, ("1000", "mortgage"): 1}


def test_mixed_guarantees_are_not_unsecured() -> None:
    products = [
        _listed(guarantees=frozenset({"credit"})),
        _listed(guarantees=frozenset({"credit", "mortgage"})),
        _listed(guarantees=None),
    ]
    assert places(Table(products, VALUES).found(Wishes({Facet.UNSECURED: (YES,)}))) == [0]
