"""What is wrong with a catalogue, as sentences. An empty list means every consumer can rely on it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from jiahe.catalogue.model import Authorisation, Catalogue, Category, CodeList, Item, ItemType, Sensitivity

CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")
DATE_TYPES = (ItemType.DATE, ItemType.YEAR_MONTH)
RESERVED = {"op", "generated"}
SEVERITY = "severity"


def problems(catalogue: Catalogue) -> list[str]:
    """One sentence for each problem, naming department, category and item."""
    return [
        *_duplicates("department code", [d.code for d in catalogue.departments]),
        *_duplicates("category code", [c.code for d in catalogue.departments for c in d.categories]),
        *(p for c in catalogue.categories.values() for p in _category(c, catalogue)),
        *(p for p in _code_lists(catalogue)),
    ]


def _duplicates(kind: str, codes: list[str]) -> Iterator[str]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield f"{kind} {code} is declared {count} times"


def _category(category: Category, catalogue: Catalogue) -> Iterator[str]:
    where = f"category {category.code}"
    codes = [item.code for item in category.items]
    yield from _duplicates(f"{where}: item code", codes)
    yield from _duplicates(f"{where}: label", _labels(category))
    if not category.code.startswith(category.department):
        yield f"{where}: does not begin with its department {category.department}"
    if not category.name.zh or not category.name.en:
        yield f"{where}: a label is missing"
    if "uscc" not in category.key:
        yield f"{where}: the record key must contain uscc"
    yield from _references(category, where)
    yield from (f"{where}: {p}" for p in _record_classes(category, catalogue))
    if category.natural_authorisation and not _is_stricter(category.natural_authorisation, category.authorisation):
        yield f"{where}: natural_authorisation {category.natural_authorisation} is not stricter than the category's"
    for item in category.items:
        yield from (f"{where}: item {item.code}: {p}" for p in _item(item, category, catalogue))


def _is_stricter(one: Authorisation, other: Authorisation) -> bool:
    order = list(Authorisation)
    return order.index(one) > order.index(other)


def _labels(category: Category) -> list[str]:
    """Every header a file may use for an item; two items may not answer to the same one."""
    labels: list[str] = []
    for item in category.items:
        labels += {item.name.zh, item.name.en.lower(), *item.aliases}
    return labels


def _references(category: Category, where: str) -> Iterator[str]:
    for key in category.key:
        if key not in category.by_code:
            yield f"{where}: key {key} is no item"
        elif not category.by_code[key].required:
            yield f"{where}: key {key} must be required"
        elif category.by_code[key].encrypted:
            yield f"{where}: key {key} is encrypted and cannot identify a record"
    for role in ("business_date", "ended_on"):
        code = getattr(category, role)
        if code is None:
            continue
        if code not in category.by_code:
            yield f"{where}: {role} {code} is no item"
        elif category.by_code[code].type not in DATE_TYPES:
            yield f"{where}: {role} {code} is no date"
    if category.version is not None and category.version not in category.by_code:
        yield f"{where}: version {category.version} is no item"
    if category.severity is not None:
        item = category.by_code.get(category.severity)
        if item is None or item.codes != SEVERITY:
            yield f"{where}: severity {category.severity} is no item of the code list {SEVERITY}"


def _record_classes(category: Category, catalogue: Catalogue) -> Iterator[str]:
    for rule in category.record_classes:
        item = category.by_code.get(rule.item)
        if item is None:
            yield f"record class item {rule.item} is no item"
        elif codes := catalogue.code_lists.get(item.codes or ""):
            yield from (
                f"record class value {v} is no value of {codes.code}" for v in rule.values if v not in codes.by_code
            )


def _item(item: Item, category: Category, catalogue: Catalogue) -> Iterator[str]:
    if not CODE.fullmatch(item.code) or item.code in RESERVED:
        yield "its code is not lower_snake_case or is reserved"
    if not item.name.zh or not item.name.en:
        yield "a label is missing"
    if (item.type is ItemType.CODE) != (item.codes is not None):
        yield "a code list belongs to items of type code, and only to them"
    if item.codes is not None and item.codes not in catalogue.code_lists:
        yield f"code list {item.codes} does not exist"
    if item.type is ItemType.DECIMAL and not item.unit:
        yield "a decimal needs a unit"
    if item.encrypted and item.type is not ItemType.STRING:
        yield "an encrypted item is of type string"
    if item.pattern is not None:
        yield from _pattern(item.pattern)
    if item.not_before is not None and item.not_before not in category.by_code:
        yield f"not_before {item.not_before} is no item"
    if item.currency is not None and item.currency not in category.by_code:
        yield f"currency {item.currency} is no item"
    if item.code == "uscc" and not (item.uscc and item.required and item.sensitivity is Sensitivity.OPEN):
        yield "must be required, open, and checked as a unified social credit code"


def _pattern(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except re.error as error:
        yield f"pattern: {error}"


def _code_lists(catalogue: Catalogue) -> Iterator[str]:
    for codes in catalogue.code_lists.values():
        where = f"code list {codes.code}"
        yield from _duplicates(f"{where}: spelling", _spellings(codes))
        if any(not v.name.zh or not v.name.en for v in codes.values):
            yield f"{where}: a label is missing"
        parents = catalogue.code_lists.get(codes.parents or codes.code)
        if parents is None:
            yield f"{where}: parents {codes.parents} is no code list"
            continue
        unknown = {v.parent for v in codes.values if v.parent} - set(parents.by_code)
        yield from (f"{where}: parent {p} is no value" for p in sorted(unknown))


def _spellings(codes: CodeList) -> list[str]:
    """How each value may be written, as gathering compares it: half-width and without spaces."""
    return [s for v in codes.values for s in {_folded(t) for t in (v.code, v.name.zh, *v.aliases)}]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")
