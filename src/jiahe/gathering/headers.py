"""Which column of a file is which item: by item code, Chinese or English label, or the source's aliases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from jiahe.catalogue import Category
from jiahe.gathering.errors import DuplicateColumns, EmptyFile, MissingColumns
from jiahe.gathering.values import half_width_text

OPERATION_HEADERS = ("op", "操作标志")
GENERATED_HEADERS = ("generated", "演示数据")


@dataclass(frozen=True)
class Header:
    """How a file's columns were understood. Keys are item codes, values the file's own column names."""

    items: dict[str, str]
    operation: str | None = None
    generated: str | None = None
    unknown: tuple[str, ...] = field(default=())


def understand(category: Category, columns: list[str], file: str, aliases: dict[str, str] | None = None) -> Header:
    """Match a file's columns; an unknown one is kept aside, a missing required one refuses the file."""
    if not any(c.strip() for c in columns):
        raise EmptyFile(file=file)
    names = _names(category, aliases or {})
    matched = [(column, names.get(_normal(column))) for column in columns]
    twice = [code for code, n in Counter(code for _, code in matched if code).items() if n > 1]
    if twice:
        raise DuplicateColumns(file=file, columns="、".join(_label(category, code) for code in twice))
    found = {code: column for column, code in matched if code}
    missing = [i for i in category.items if i.required and i.code not in found]
    if missing:
        raise MissingColumns(file=file, columns="、".join(f"{i.name.zh}({i.code})" for i in missing))
    operation, generated = found.pop("op", None), found.pop("generated", None)
    return Header(found, operation, generated, tuple(column for column, code in matched if not code))


def _normal(text: str) -> str:
    return half_width_text(text).strip("\ufeff\"'").lower()


def _names(category: Category, aliases: dict[str, str]) -> dict[str, str]:
    """Every header that is understood, normalised, with the item it stands for."""
    names = {_normal(h): "op" for h in OPERATION_HEADERS} | {_normal(h): "generated" for h in GENERATED_HEADERS}
    for item in category.items:
        for label in (item.code, item.name.zh, item.name.en, *item.aliases):
            names.setdefault(_normal(label), item.code)
    return names | {_normal(header): code for header, code in aliases.items()}


def _label(category: Category, code: str) -> str:
    return category.by_code[code].name.zh if code in category.by_code else code
