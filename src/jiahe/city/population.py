"""The firms of a city as columns: who they are, what they do, how large they are, when they were born."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from jiahe.catalogue import Catalogue
from jiahe.city import codes
from jiahe.city.economy import (
    COUNTIES,
    FARM,
    GIVEN,
    INDUSTRIES,
    NAME_WORDS,
    ROADS,
    SIZES,
    SURNAMES,
)
from jiahe.city.errors import NoRegistrations
from jiahe.kit.uscc import normalise, problem

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
MONTHS = 72
KINDS = ("1", "2", "3")  # enterprise, sole trader, farmers' co-operative
FORMS = {"1": "有限责任公司(自然人投资或控股)", "2": "个体工商户", "3": "农民专业合作社"}
SOLE_TRADES = ("52", "62", "80", "81", "01", "18")


@dataclass(frozen=True)
class Population:
    """Firm i is element i of every column. Days count from 1970-01-01; `dead` is beyond `until` for the living."""

    until: np.datetime64  # the last month of every series
    uscc: pa.Array
    name: pa.Array
    person: pa.Array  # legal representative or owner
    form: pa.Array
    kind: np.ndarray[Any, np.dtype[np.str_]]
    area: pa.Array
    county: np.ndarray[Any, np.dtype[np.str_]]
    address: pa.Array
    industry: Ints  # index into INDUSTRIES
    size: Ints  # 0 micro … 3 large
    sales: Floats  # usual monthly sales in yuan
    staff: Ints
    born: Ints
    capital: Floats  # yuan
    registered: list[dict[str, str]] | None = None  # the real registrations the city stands on

    @property
    def count(self) -> int:
        return len(self.kind)

    @property
    def division(self) -> np.ndarray[Any, np.dtype[np.str_]]:
        return np.array([i.division for i in INDUSTRIES])[self.industry]

    @property
    def last_day(self) -> int:
        """The last day of the last month."""
        return int((self.until + 1).astype("datetime64[D]").astype(np.int64)) - 1


def people(rng: np.random.Generator, count: int) -> list[str]:
    """Names made of a frequent surname and one or two frequent characters."""
    surnames = rng.integers(0, len(SURNAMES), count)
    given = rng.integers(0, len(GIVEN), (count, 2))
    single = rng.random(count) < 0.25
    return [
        SURNAMES[s] + GIVEN[a] + ("" if one else GIVEN[b])
        for s, (a, b), one in zip(surnames, given, single, strict=True)
    ]


def make(catalogue: Catalogue, count: int, seed: int, until: np.datetime64) -> Population:
    """A population of so many firms; the same for the same seed."""
    rng = np.random.default_rng([seed, 1])
    industry = _industries(rng, count)
    kind = _kinds(rng, industry)
    county, area, address = _places(rng, catalogue, count)
    persons = people(rng, count)
    born = _births(rng, count, until)
    return Population(
        until=until,
        uscc=pa.array(codes.codes(kind, county)),
        name=pa.array(_names(rng, industry, kind, county, persons, catalogue)),
        person=pa.array(persons),
        form=_forms(rng, kind),
        kind=kind,
        area=area,
        county=county,
        address=address,
        industry=industry,
        born=born,
        **_sizes(rng, industry, kind),
    )


def from_registrations(catalogue: Catalogue, file: Path, count: int, seed: int, until: np.datetime64) -> Population:
    """A population of real registrations; everything that the register does not say is generated."""
    if not file.is_file():
        raise NoRegistrations(file=file)
    rows = _registrations(file)[:count]
    if not rows:
        raise NoRegistrations(file=file)
    made = make(catalogue, len(rows), seed, until)
    days = np.array([_day(row["reg_date"]) for row in rows])
    counties = list(COUNTIES)
    county = np.array([_county(row["uscc"], counties, i) for i, row in enumerate(rows)])
    return Population(
        **{
            **made.__dict__,
            "uscc": pa.array([row["uscc"] for row in rows]),
            "name": pa.array([row["name"] for row in rows]),
            "kind": np.array([row["uscc"][1] if row["uscc"][1] in KINDS else "1" for row in rows]),
            "address": pa.array([row["address"] or "浙江省嘉兴市" for row in rows]),
            "county": county,
            "area": pa.array([catalogue.code_lists["area"].by_code[c].name.zh for c in county]),
            "industry": np.array(
                [_industry_of(row["scope"], int(i)) for row, i in zip(rows, made.industry, strict=True)]
            ),
            "born": np.where(days > 0, days, made.born),
            "registered": rows,
        }
    )


def _registrations(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = [row | {"uscc": normalise(row.get("uscc") or "")} for row in csv.DictReader(source)]
    kept: dict[str, dict[str, str]] = {}
    for row in rows:
        if problem(row["uscc"]) is None and row.get("name"):
            kept.setdefault(row["uscc"], row)
    return list(kept.values())


def _day(text: str) -> int:
    try:
        return int(np.datetime64(text, "D").astype(np.int64))
    except ValueError:
        return 0


def _county(code: str, counties: list[str], number: int) -> str:
    return code[2:8] if code[2:8] in counties else counties[number % len(counties)]


def _industry_of(scope: str, otherwise: int) -> int:
    """The first industry one of whose words the business scope names."""
    for number, industry in enumerate(INDUSTRIES):
        if any(word in scope for word in industry.words):
            return number
    return otherwise


def _industries(rng: np.random.Generator, count: int) -> Ints:
    weights = np.array([i.weight for i in INDUSTRIES])
    return rng.choice(len(INDUSTRIES), size=count, p=weights / weights.sum())


def _kinds(rng: np.random.Generator, industry: Ints) -> np.ndarray[Any, np.dtype[np.str_]]:
    division = np.array([i.division for i in INDUSTRIES])[industry]
    chance = rng.random(len(industry))
    sole = np.isin(division, SOLE_TRADES) & (chance < 0.45)
    united = np.isin(division, FARM) & (chance >= 0.45) & (chance < 0.75)
    return np.where(sole, "2", np.where(united, "3", "1"))


def _places(
    rng: np.random.Generator, catalogue: Catalogue, count: int
) -> tuple[np.ndarray[Any, np.dtype[np.str_]], pa.Array, pa.Array]:
    """County code, street code, and an address in it."""
    values = catalogue.code_lists["area"].by_code
    streets = [v for v in values.values() if v.parent in COUNTIES]
    share = {c: sum(1 for v in streets if v.parent == c) for c in COUNTIES}
    weights = np.array([COUNTIES[str(v.parent)] / share[str(v.parent)] for v in streets])
    chosen = rng.choice(len(streets), size=count, p=weights / weights.sum())
    county = np.array([str(v.parent) for v in streets])[chosen]
    begin = [f"浙江省嘉兴市{values[str(v.parent)].name.zh}{v.name.zh}" for v in streets]
    roads, numbers = rng.integers(0, len(ROADS), count), rng.integers(1, 1500, count)
    address = [f"{begin[s]}{ROADS[r]}{n}号" for s, r, n in zip(chosen, roads, numbers, strict=True)]
    return county, pa.array([v.code for v in streets]).take(pa.array(chosen)), pa.array(address)


def _births(rng: np.random.Generator, count: int, until: np.datetime64) -> Ints:
    """Most firms are young; the oldest are of 1985."""
    last = int(until.astype("datetime64[D]").astype(np.int64))
    ages = np.minimum(rng.exponential(7.5 * 365, count), 40 * 365).astype(np.int64)
    return last - 40 - ages


def _sizes(rng: np.random.Generator, industry: Ints, kind: np.ndarray[Any, np.dtype[np.str_]]) -> dict[str, Any]:
    count = len(industry)
    size = rng.choice(len(SIZES), size=count, p=[share for share, _ in SIZES])
    size[kind == "2"] = 0
    usual = np.array([i.sales for i in INDUSTRIES])[industry] * np.array([m for _, m in SIZES])[size]
    sales = usual * rng.lognormal(0, 0.6, count)
    staff = np.maximum(1, sales / 26_000 * rng.lognormal(0, 0.3, count)).astype(np.int64)
    capital = np.maximum(10_000, np.round(sales * rng.lognormal(0.6, 0.8, count), -4))
    return {"size": size, "sales": sales, "staff": staff, "capital": capital}


def _names(
    rng: np.random.Generator,
    industry: Ints,
    kind: np.ndarray[Any, np.dtype[np.str_]],
    county: np.ndarray[Any, np.dtype[np.str_]],
    persons: Sequence[str],
    catalogue: Catalogue,
) -> list[str]:
    """County, a word or two, industry, form; small traders are often named after their owner."""
    count = len(industry)
    places = {c: catalogue.code_lists["area"].by_code[c].name.zh.removesuffix("区") for c in COUNTIES}
    first, second = rng.integers(0, len(NAME_WORDS), count), rng.integers(0, len(NAME_WORDS), count)
    trade, owned = rng.random(count), rng.random(count) < 0.6
    names = []
    for i in range(count):
        words = INDUSTRIES[industry[i]].words
        word = words[int(trade[i] * len(words))]
        place = places[str(county[i])]
        if kind[i] == "2":
            names.append(f"{place}{persons[i] if owned[i] else NAME_WORDS[first[i]]}{word}店".replace("店店", "店"))
        elif kind[i] == "3":
            names.append(f"{place}{NAME_WORDS[first[i]]}{word}专业合作社")
        else:
            names.append(f"{place}{NAME_WORDS[first[i]]}{NAME_WORDS[second[i]][:1]}{word}有限公司")
    return names


def _forms(rng: np.random.Generator, kind: np.ndarray[Any, np.dtype[np.str_]]) -> pa.Array:
    forms = np.array([FORMS[k] for k in KINDS], dtype=object)[kind.astype(np.int64) - 1]
    chance = rng.random(len(kind))
    forms[(kind == "1") & (chance < 0.2)] = "其他有限责任公司"
    forms[(kind == "1") & (chance > 0.96)] = "股份有限公司"
    return pa.array(forms)
