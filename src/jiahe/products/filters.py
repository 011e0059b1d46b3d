"""Which products answer a visitor's wishes, and how many would with one choice more. No Django here.

A set of products is one integer, a bit for each. There is a layer of such bits for each variant of terms, so that amount,
term, rate and guarantee are met by one variant together and not by one here, another there: what holds for the product
as a whole stands in every layer. Wishes are joined by "and" of these integers, choices within a wish by "or", and a
count is the number of bits that are left; at some hundred products all of it takes less than a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import and_, or_

YUAN_IN_WAN = 10_000
CREDIT = frozenset({"credit"})


class Facet(StrEnum):
    INSTITUTION = "institution"
    AMOUNT = "amount"  # 万元 that are needed
    RATE = "rate"  # per cent a year at which the product begins at most
    TERM = "term"  # months that are needed
    GUARANTEE = "guarantee"
    KIND = "kind"
    REGION = "region"  # a county
    INDUSTRY = "industry"  # a section
    UNSECURED = "unsecured"
    FIRST_LOAN = "first_loan"


# Of these a visitor chooses one value; of the others any number, of which a product has to meet one.
SINGLE = frozenset({Facet.AMOUNT, Facet.RATE, Facet.TERM, Facet.UNSECURED, Facet.FIRST_LOAN})
YES = "1"


class Sort(StrEnum):
    FIT = "fit"
    RATE = "rate"
    POPULARITY = "popularity"
    SPEED = "speed"


@dataclass(frozen=True)
class Offer:
    """The terms of one variant, as far as visitors choose by them; None where not published."""

    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    term_from: int | None = None
    term_to: int | None = None
    rate_from: Decimal | None = None
    rate_to: Decimal | None = None
    guarantees: frozenset[str] | None = None


@dataclass(frozen=True)
class Listed:
    """One product. `regions` are the counties and `industries` the sections it is for; None where not published.

    `stated` is how many of its fields the institution filled in.
    """

    institution: str
    kind: str
    offers: tuple[Offer, ...]
    regions: frozenset[str] | None = None
    industries: frozenset[str] | None = None
    first_loan: bool | None = None
    days: int | None = None
    applications: int = 0
    stated: int = 0

    @property
    def rate(self) -> Decimal | None:
        """The lowest that is published of any variant."""
        return min((rate for rate in map(begins, self.offers) if rate is not None), default=None)


@dataclass(frozen=True)
class Wishes:
    """Chosen values by facet. With `unstated`, products stay that do not publish what a wish is about."""

    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    unstated: bool = False

    def without(self, facet: Facet) -> Wishes:
        return Wishes({one: values for one, values in self.chosen.items() if one is not facet}, self.unstated)


def begins(offer: Offer) -> Decimal | None:
    """The rate from which a variant begins: what is published of it, "at most" where nothing else is."""
    return offer.rate_to if offer.rate_from is None else offer.rate_from


def _reaches(low: Decimal | int | None, high: Decimal | int | None, wanted: int) -> bool | None:
    """Whether a range holds a number. One open end is no limit there, two are not published."""
    if low is None and high is None:
        return None
    return (low is None or low <= wanted) and (high is None or wanted <= high)


def _rated(offer: Offer, most: str) -> bool | None:
    found = begins(offer)
    return None if found is None else found <= Decimal(most)


def _among(values: frozenset[str] | None, wanted: str) -> bool | None:
    return None if values is None else wanted in values


# Whether a product, in one of its variants, has a value; None where the institution does not say.
ANSWERS: dict[Facet, Callable[[Listed, Offer, str], bool | None]] = {
    Facet.INSTITUTION: lambda listed, offer, value: listed.institution == value,
    Facet.AMOUNT: lambda listed, offer, value: _reaches(offer.amount_from, offer.amount_to, int(value) * YUAN_IN_WAN),
    Facet.RATE: lambda listed, offer, value: _rated(offer, value),
    Facet.TERM: lambda listed, offer, value: _reaches(offer.term_from, offer.term_to, int(value)),
    Facet.GUARANTEE: lambda listed, offer, value: _among(offer.guarantees, value),
    Facet.KIND: lambda listed, offer, value: listed.kind == value,
    Facet.REGION: lambda listed, offer, value: _among(listed.regions, value),
    Facet.INDUSTRY: lambda listed, offer, value: _among(listed.industries, value),
    Facet.UNSECURED: lambda listed, offer, value: None if offer.guarantees is None else offer.guarantees == CREDIT,
    Facet.FIRST_LOAN: lambda listed, offer, value: listed.first_loan,
}


class Table:
    """Products in the order given, with the bits of each value on offer in each facet."""

    def __init__(self, products: Sequence[Listed], values: Mapping[Facet, Sequence[str]]) -> None:
        self.products = products
        self.values = values
        self._layers = range(max((len(one.offers) for one in products), default=0))
        self._whole = (1 << len(products)) - 1
        self._all = self._bits(lambda listed, offer: True)[True]
        said = {f: {v: self._answered(f, v) for v in values[f]} for f in values}
        self._met = {f: {v: bits[True] for v, bits in said[f].items()} for f in said}
        self._silent = {f: {v: bits[None] for v, bits in said[f].items()} for f in said}

    def found(self, wishes: Wishes) -> int:
        """The products that answer all wishes."""
        return self._products(self._under(wishes, wishes.chosen))

    def counts(self, wishes: Wishes) -> dict[Facet, dict[str, int]]:
        """For each value how many products there are with it, the other facets' wishes applied."""
        return {facet: self._counted(facet, wishes) for facet in self.values}

    def relaxed(self, wishes: Wishes) -> list[tuple[Facet, int]]:
        """How many there are without each of the wishes, the most helpful to drop first."""
        found = [(facet, self.found(wishes.without(facet)).bit_count()) for facet in wishes.chosen]
        return sorted((one for one in found if one[1]), key=lambda one: -one[1])

    def silent(self, wishes: Wishes) -> int:
        """How many more there are with those that do not publish what a wish is about."""
        with_them = Wishes(wishes.chosen, unstated=True)
        return self.found(with_them).bit_count() - self.found(wishes).bit_count()

    def ordered(self, found: int, sort: Sort, wishes: Wishes, own: Wishes) -> list[int]:
        """The places of the found products, the first to show first; what a sort goes by and is not published comes last.

        `own` is what is known of the enterprise that looks: it counts in what fits, and leaves nothing out.
        """
        places = [place for place in range(len(self.products)) if found >> place & 1]
        # Without `unstated` every found product meets every wish.
        wished = wishes if wishes.unstated else Wishes()
        keys: dict[Sort, Callable[[int], tuple[object, ...]]] = {
            Sort.FIT: lambda place: (-self._fit(place, wished) - self._fit(place, own),),
            Sort.RATE: lambda place: _known(self.products[place].rate),
            Sort.POPULARITY: lambda place: (-self.products[place].applications,),
            Sort.SPEED: lambda place: _known(self.products[place].days),
        }
        first = keys[sort]
        return sorted(places, key=lambda place: (*first(place), *self._else(place)))

    def _else(self, place: int) -> tuple[int, int, int]:
        listed = self.products[place]
        return -listed.stated, -listed.applications, place

    def _fit(self, place: int, wishes: Wishes) -> int:
        """How many wishes the best variant meets."""
        if not wishes.chosen:
            return 0
        met = [self._any(self._met[facet], values) for facet, values in wishes.chosen.items()]
        return max((sum(bits >> at & 1 for bits in met) for at in self._places(place)), default=0)

    def _places(self, place: int) -> Iterable[int]:
        return (layer * len(self.products) + place for layer in self._layers)

    def _counted(self, facet: Facet, wishes: Wishes) -> dict[str, int]:
        base = self._under(wishes, (one for one in wishes.chosen if one is not facet))
        met, silent = self._met[facet], self._silent[facet] if wishes.unstated else {}
        return {v: self._products(base & (bits | silent.get(v, 0))).bit_count() for v, bits in met.items()}

    def _under(self, wishes: Wishes, facets: Iterable[Facet]) -> int:
        return reduce(and_, (self._wanted(wishes, facet) for facet in facets), self._all)

    def _wanted(self, wishes: Wishes, facet: Facet) -> int:
        values = wishes.chosen[facet]
        return self._any(self._met[facet], values) | (self._any(self._silent[facet], values) if wishes.unstated else 0)

    def _products(self, bits: int) -> int:
        """The products of which some variant is in a set."""
        return reduce(or_, (bits >> layer * len(self.products) for layer in self._layers), 0) & self._whole

    def _answered(self, facet: Facet, value: str) -> dict[bool | None, int]:
        said = ANSWERS[facet]
        return self._bits(lambda listed, offer: said(listed, offer, value))

    def _bits(self, said: Callable[[Listed, Offer], bool | None]) -> dict[bool | None, int]:
        """The variants by what is said of them."""
        bits: dict[bool | None, int] = {True: 0, False: 0, None: 0}
        for place, listed in enumerate(self.products):
            for layer, offer in enumerate(listed.offers):
                bits[said(listed, offer)] |= 1 << layer * len(self.products) + place
        return bits

    @staticmethod
    def _any(bits: Mapping[str, int], values: Iterable[str]) -> int:
        return reduce(or_, (bits[value] for value in values), 0)


def _known(value: Decimal | int | None) -> tuple[bool, Decimal | int]:
    return value is None, value or 0
