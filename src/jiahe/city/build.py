"""Write a whole city: department files for the inbox; outcomes and truth beside them."""

from __future__ import annotations

import csv
import multiprocessing
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from jiahe.catalogue import Category, load
from jiahe.city import dirt, graph, health, plain, plan, population, writing
from jiahe.city.chance import draw
from jiahe.city.dirt import Spot
from jiahe.city.economy import BANKS
from jiahe.city.errors import NotEmpty, TooFewRecords, TooManyRecords, UnknownMonth
from jiahe.city.health import NEVER
from jiahe.city.population import MONTHS
from jiahe.city.rows import DAYS, City, Rows, jobs, rows
from jiahe.city.themes import THEMES

UNTIL = "2026-10"  # fixed, so that a city is the same whenever it is made
MONTH = re.compile(r"20[1-9][0-9]-(0[1-9]|1[0-2])")
LATER = "9000"  # the file of what is delivered once more
TINY = 400  # rows of the small file in another format
REPORTING_DAYS = (10, 50)  # from a default to its report


@dataclass(frozen=True)
class Order:
    """What city is wanted."""

    enterprises: int
    records: int
    seed: int
    out: Path
    until: str = UNTIL
    registrations: Path | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Built:
    """What was written."""

    enterprises: int
    records: int
    dirty: int
    defaults: int


@cache
def city(order: Order) -> City:
    """The city that an order describes; every process makes it for itself, and makes the same."""
    catalogue = load()
    until = _month(order.until)
    if order.registrations:
        people = population.from_registrations(catalogue, order.registrations, order.enterprises, order.seed, until)
    else:
        people = population.make(catalogue, order.enterprises, order.seed, until)
    life = health.live(people, order.seed)
    plans = plan.plans(catalogue, people, life, order.seed)
    volume = plan.fit(plans, life, order.records)
    return City(catalogue, people, life, plans, volume, graph.connect(people, order.seed), order.seed)


def _month(text: str) -> np.datetime64:
    if not MONTH.fullmatch(text):
        raise UnknownMonth(until=text)
    return np.datetime64(text, "M")


def build(order: Order, *, processes: int = 2, progress: Callable[[int], None] = lambda written: None) -> Built:
    """Write the city; the number of processes changes nothing but the time."""
    _assert_possible(order)
    here = city(order)
    waiting = [
        (order, *job)
        for job in jobs(here)
        if here.plans[job[0]].category.code in (order.categories or load().categories)
    ]
    written = dirty = 0
    for count, spots in _each(waiting, processes):
        written, dirty = written + count, dirty + spots
        progress(written)
    defaults = _outcomes(here, order.out)
    return Built(here.population.count, written, dirty, defaults)


def _assert_possible(order: Order) -> None:
    if order.records < order.enterprises:
        raise TooFewRecords(records=order.records, enterprises=order.enterprises)
    if order.out.exists() and any(order.out.iterdir()):
        raise NotEmpty(out=order.out)
    most = order.enterprises * 20_000
    if order.records > most:
        raise TooManyRecords(records=order.records, enterprises=order.enterprises, most=most)


def _each(waiting: list[tuple[Order, int, int, int, int]], processes: int) -> Iterator[tuple[int, int]]:
    if processes == 1 or len(waiting) == 1:
        yield from (_write(one) for one in waiting)
        return
    # Copies of this process share the city that is made already.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(_write, waiting)


def _write(job: tuple[Order, int, int, int, int]) -> tuple[int, int]:
    """One stretch of a category into its file; gives the records and the dirty spots."""
    order, number, chunk, begin, end = job
    here = city(order)
    stretch = rows(here, number, chunk, begin, end)
    category = stretch.category
    columns = {item.code: value(stretch, item.code) for item in category.items}
    folder = order.out / category.department / category.code
    mark = not (here.population.registered and category.code == "0101")
    # Nothing untrue is written of a real registration.
    dirty, spots = dirt.soil(stretch, columns) if mark else (columns, [])
    table = _table(category, dirty, mark, stretch)
    name = f"{chunk:04}"
    file = writing.write(table, folder, name, "gb18030" if chunk == 0 and dirt.has(category, "gb18030") else "csv")
    again, more = _again(stretch, columns, folder, name) if mark else (0, [])
    _truth(order.out, category, file, spots + more)
    return stretch.count + again, len(spots) + len(more)


def value(stretch: Rows, code: str) -> pa.Array:
    """One item's clean values."""
    item = stretch.category.by_code[code]
    registered = stretch.population.registered
    if registered and stretch.category.code == "0101" and code in REAL:
        return pa.array([registered[i].get(REAL[code]) or None for i in stretch.firm], pa.string())
    themed = THEMES.get(stretch.category.code, {}).get(code)
    return themed(stretch) if themed else plain.column(stretch, item)


# What a real registration says of itself; the rest of its record stays empty.
REAL = {
    "name": "name",
    "established_on": "reg_date",
    "enterprise_type": "type",
    "registered_capital": "capital",
    "business_scope": "scope",
    "address": "address",
}


def _table(category: Category, columns: dict[str, pa.Array], mark: bool, stretch: Rows) -> pa.Table:
    """Columns under their Chinese labels, the mark of generated data, and sometimes a column nobody announced."""
    shown = {i.name.zh: columns[i.code] for i in category.items}
    if not mark:
        shown = {i.name.zh: columns[i.code] for i in category.items if i.code in REAL or i.code == "uscc"}
    else:
        shown[writing.MARK] = pa.array(np.ones(stretch.count, dtype=np.int8))
    if dirt.has(category, "new_column"):
        shown[dirt.NEW_COLUMN] = stretch.choose(["首次", "补报"])
    return pa.table(shown)


def _again(stretch: Rows, columns: dict[str, pa.Array], folder: Path, name: str) -> tuple[int, list[Spot]]:
    """What a later file delivers once more: the same, corrected, or as withdrawn."""
    chosen = dirt.again(stretch)
    order = np.concatenate([chosen[k] for k in ("duplicate", "correction", "withdrawn")])
    if not len(order):
        return 0, []
    category = stretch.category
    kinds = np.repeat(["duplicate", "correction", "withdrawn"], [len(v) for v in chosen.values()])
    table = _table(category, columns, True, stretch).take(pa.array(order))
    item = next((i for i in category.items if i.is_money and not i.required), None)
    if item:
        place = table.column_names.index(item.name.zh)
        corrected = pa.compute.if_else(
            pa.array(kinds == "correction"),
            pa.compute.round(pa.compute.multiply(table.column(place).combine_chunks().cast(pa.float64()), 1.1), 2),
            table.column(place).combine_chunks().cast(pa.float64()),
        )
        table = table.set_column(place, item.name.zh, corrected)
    table = table.append_column(dirt.OPERATION, pa.array(np.where(kinds == "withdrawn", "D", ""), pa.string()))
    kind = next((k for k in ("xlsx", "jsonl", "parquet") if name == "0000" and dirt.has(category, k)), "csv")
    writing.write(table.slice(0, TINY) if kind == "xlsx" else table, folder, f"{LATER}-{name}", kind)
    count = min(len(order), TINY) if kind == "xlsx" else len(order)
    code = item.code if item else ""
    return count, [Spot(int(r), str(k), code, "", "") for r, k in zip(order[:count], kinds, strict=False)]


def _truth(out: Path, category: Category, file: str, spots: list[Spot]) -> None:
    """What is wrong in a file and what would be right; rows are those of the file, its header being row 1."""
    folder = out / "truth" / category.code
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{file.partition('.')[0]}.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["department", "category", "file", "row", "kind", "item", "written", "true"])
        head = [category.department, category.code, file]
        writer.writerows([*head, s.row + 2, s.kind, s.item, s.written, s.true] for s in spots)


def _outcomes(here: City, out: Path) -> int:
    """Defaults as invented banks have reported them, some weeks afterwards, by the last day; none of a real registration."""
    life, people = here.life, here.population
    start = int(people.until.astype(np.int64)) - MONTHS + 1
    bad = np.flatnonzero((life.defaulted < NEVER) & (life.defaulted <= life.last) & (people.registered is None))
    days = (start + life.defaulted[bad]).astype("datetime64[M]").astype("datetime64[D]") + bad % DAYS
    least, most = REPORTING_DAYS
    reported = days + least + (draw(here.seed, bad, "reporting") * (most - least)).astype(np.int64)
    banks = (draw(here.seed, bad, "bank of the loan") * len(BANKS)).astype(np.int64)
    known = np.flatnonzero(reported.astype(np.int64) <= people.last_day)
    out.mkdir(parents=True, exist_ok=True)
    with (out / "outcomes.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["uscc", "defaulted_on", "reported_on", "source"])
        codes = people.uscc.take(pa.array(bad))
        writer.writerows([codes[i].as_py(), days[i], reported[i], BANKS[banks[i]]] for i in known)
    return len(known)
